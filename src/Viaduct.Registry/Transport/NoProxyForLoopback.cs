using System.Net;

namespace Viaduct.Registry;

/// <summary>The system's proxy, but never for this machine itself: .NET's own environment proxy makes no such exception.</summary>
internal sealed class NoProxyForLoopback : IWebProxy
{
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) =>
        NetworkZones.Of(host.IdnHost) == NetworkZone.Loopback || HttpClient.DefaultProxy.IsBypassed(host);
}
