namespace Viaduct.Server;

/// <summary>
/// Docker Hub refuses a mount from a repository that it has not, such as one of another registry, where others begin an upload (ggcr write.go, #1741).
/// </summary>
internal sealed class ForeignMounts(StoreView store) : IRule
{
    public string Name => "foreign-mounts";

    public Task AnswerAsync(Exchange exchange, Step next) =>
        exchange.Route.Kind == RouteKind.Uploads && exchange.Query("from") is { Length: > 0 } from && !(RepositoryName.TryParse(from, out var source) && store.Has(source))
            ? throw this.Refuse(exchange, 401, "UNAUTHORIZED", "authentication required")
            : next(exchange);
}
