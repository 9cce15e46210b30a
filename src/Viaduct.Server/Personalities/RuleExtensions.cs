namespace Viaduct.Server;

internal static class RuleExtensions
{
    /// <summary>To be thrown; the report counts it.</summary>
    public static RegistryFault Refuse(this IRule rule, Exchange exchange, int status, string code, string message)
    {
        exchange.RefusedBy = rule.Name;
        return new RegistryFault(status, code, message);
    }

    /// <summary>The path as it was sent.</summary>
    public static string Path(this Exchange exchange) =>
        exchange.Target.IndexOf('?') is >= 0 and var query ? exchange.Target[..query] : exchange.Target;

    public static bool IsRead(this Exchange exchange) => exchange.Method is "GET" or "HEAD";

    public static bool IsPut(this Exchange exchange, RouteKind kind) => exchange.Method == "PUT" && exchange.Route.Kind == kind;

    public static bool IsPatch(this Exchange exchange) => exchange.Method == "PATCH" && exchange.Route.Kind == RouteKind.Upload;

    public static bool NamesTag(this Route route) => route.Kind == RouteKind.Manifest && !route.Reference.Contains(':');

    public static bool HasBody(this Exchange exchange) => exchange.Http.Request.ContentLength > 0 || exchange.Http.Request.Headers.TransferEncoding.Count > 0;
}
