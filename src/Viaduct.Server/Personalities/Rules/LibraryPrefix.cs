namespace Viaduct.Server;

/// <summary>Docker Hub keeps names of one component below <c>library/</c>; clients write the prefix for docker.io, and here the registry does.</summary>
internal sealed class LibraryPrefix : IRule
{
    public string Name => "library-prefix";

    public static string Apply(string repository) => repository.Contains('/') ? repository : "library/" + repository;

    public Task AnswerAsync(Exchange exchange, Step next)
    {
        if (exchange.Route.Name is { Length: > 0 } name) exchange.Route = exchange.Route with { Name = Apply(name) };
        if (exchange.Query("from") is { Length: > 0 } from && !from.Contains('/'))
            exchange.Http.Request.QueryString = new($"?mount={Uri.EscapeDataString(exchange.Query("mount") ?? "")}&from={Uri.EscapeDataString(Apply(from))}");
        return next(exchange);
    }
}
