namespace Viaduct.Server;

/// <summary>A tag is put once; ECR refuses the second time even the same digest (containers-roadmap#2831).</summary>
internal sealed class ImmutableTags(StoreView store) : IRule
{
    public string Name => "immutable-tags";

    public Task AnswerAsync(Exchange exchange, Step next) =>
        exchange.Method == "PUT" && exchange.Route.NamesTag() && store.FindTag(exchange.Repository, exchange.Route.Reference) is not null
            ? throw this.Refuse(exchange, 400, "TAG_INVALID", $"The image tag '{exchange.Route.Reference}' already exists in the '{exchange.Repository}' repository and cannot be overwritten because the tag is immutable.")
            : next(exchange);
}
