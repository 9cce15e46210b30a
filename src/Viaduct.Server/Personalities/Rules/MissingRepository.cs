namespace Viaduct.Server;

/// <summary>
/// Who pushes to a repository that ECR has not loses the connection without an answer, and it is this that a client has to live with: a clean 404
/// would be the easy case, and the field has seen the other one (dotnet/sdk AmazonECRMessageHandler: "response ended prematurely"). Who reads is told
/// 404 NAME_UNKNOWN.
/// </summary>
internal sealed class MissingRepository(StoreView store, bool creates, IReadOnlyList<string> made) : IRule
{
    public string Name => "missing-repository";

    public Task AnswerAsync(Exchange exchange, Step next)
    {
        if (creates || string.IsNullOrEmpty(exchange.Route.Name) || made.Contains(exchange.Route.Name) || store.Has(exchange.Repository)) return next(exchange);
        if (exchange.IsRead()) throw this.Refuse(exchange, 404, "NAME_UNKNOWN", $"The repository with name '{exchange.Repository}' does not exist in the registry");
        exchange.RefusedBy = Name;
        exchange.Http.Abort();
        return Task.CompletedTask;
    }
}
