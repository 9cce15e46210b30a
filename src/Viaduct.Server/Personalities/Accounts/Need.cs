namespace Viaduct.Server;

/// <summary>What a request needs to be allowed.</summary>
/// <param name="Action">Empty when any token will do.</param>
internal readonly record struct Need(string Resource, string Action)
{
    /// <summary>As in a challenge: a push is asked for together with the pull (distribution, token/scope.md).</summary>
    public string Scope => Action switch
    {
        "" => "",
        "push" => $"{Resource}:pull,push",
        _ => $"{Resource}:{Action}",
    };

    /// <param name="deleting">What it takes to delete.</param>
    public static Need Of(Exchange exchange, string deleting) => exchange.Route.Kind switch
    {
        RouteKind.Ping or RouteKind.None => new("", ""),
        RouteKind.Catalog => new("registry:catalog", "*"),
        _ => new("repository:" + exchange.Route.Name, exchange.Method switch { "GET" or "HEAD" when exchange.Route.Kind != RouteKind.Upload => "pull", "DELETE" when exchange.Route.Kind != RouteKind.Upload => deleting, _ => "push" }),
    };

    public static Need Pull(string repository) => new("repository:" + repository, "pull");
}
