using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>Tells the Accept list of a pull from an Accept that names what is wanted.</summary>
internal static class PullAccept
{
    public static bool IsMisplaced(Exchange exchange)
    {
        if (exchange.Route.Kind is RouteKind.Manifest or RouteKind.Token) return false;
        var accept = exchange.Http.Request.Headers.Accept.ToString();
        return MediaTypes.Manifests.Count(type => accept.Contains(type, StringComparison.OrdinalIgnoreCase)) > 1;
    }
}
