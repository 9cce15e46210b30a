using Microsoft.AspNetCore.Http;

namespace Viaduct.Server;

/// <summary>
/// Keeps web pages out of a server that listens on everybody's own machine: a name that was rebound to 127.0.0.1 is seen in Host,
/// a page of another site in Origin or in Sec-Fetch-Site. No registry client sends either of those.
/// </summary>
internal sealed class HostGuard(IReadOnlyCollection<string> allowed)
{
    /// <exception cref="RegistryFault">DENIED.</exception>
    public void Check(HttpRequest request)
    {
        if (!IsOurs(request.Headers.Host.ToString(), request.HttpContext.Connection.LocalPort))
            throw RegistryFault.Denied("this registry answers to localhost alone; allow other names when it is started");
        if (request.Headers.Origin.Count > 0)
            throw RegistryFault.Denied("this registry does not answer to web pages");
        // A page on another port of localhost is "same-site".
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site.ToString() is not ("none" or "same-origin"))
            throw RegistryFault.Denied("this registry does not answer to other sites");
    }

    private bool IsOurs(string host, int localPort)
    {
        var colon = host.LastIndexOf(':') is var last && last > host.LastIndexOf(']') ? last : -1;
        var name = colon < 0 ? host : host[..colon];
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name is "127.0.0.1" or "[::1]")
            return localPort == (colon < 0 ? 80 : int.TryParse(host.AsSpan(colon + 1), out var port) ? port : -1);
        return allowed.Any(a => a.Equals(host, StringComparison.OrdinalIgnoreCase) || a.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
