using System.Net;
using System.Net.Sockets;

namespace Viaduct.Registry;

/// <summary>
/// Opens the connections of one registry. A name that the registry handed out may lead anywhere, and elsewhere the next time:
/// it is looked up here, judged by its addresses, and these are connected to.
/// </summary>
internal sealed class Dialer(RegistryEndpoint registry, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var addresses = await FindAsync(target.Host, cancellationToken).ConfigureAwait(false);
        // A proxy is the user's choice, and the names behind it are looked up there.
        var isProxy = IsProxy(context);
        var isRegistry = !isProxy && registry.IsHost(target.Host);
        if (!isProxy && !isRegistry) addresses = Allowed(addresses, context.InitialRequestMessage);
        var connection = await DialAsync(addresses, target.Port, isRegistry, cancellationToken).ConfigureAwait(false);
        return !isProxy && context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps ? new TlsOnlyStream(connection) : connection;
    }

    /// <summary>The registry itself, without a proxy, to see whether it speaks TLS.</summary>
    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var addresses = await FindAsync(registry.Root.IdnHost.Trim('[', ']'), cancellationToken).ConfigureAwait(false);
        return new TlsOnlyStream(await DialAsync(addresses, registry.Root.Port, isRegistry: true, cancellationToken).ConfigureAwait(false));
    }

    private async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken).ConfigureAwait(false);

    private async Task<Stream> DialAsync(IPAddress[] addresses, int port, bool isRegistry, CancellationToken cancellationToken)
    {
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);

        // As SocketsHttpHandler does it by itself: both families, one address after the other.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken).ConfigureAwait(false);
            if (isRegistry && socket.RemoteEndPoint is IPEndPoint met) registry.MeetAt(met.Address);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e)
        {
            socket.Dispose();
            throw new DialException(addresses[0], e);
        }
    }

    private IPAddress[] Allowed(IPAddress[] addresses, HttpRequestMessage request)
    {
        var allowed = Array.FindAll(addresses, a => TargetGuard.Refuse(registry, NetworkZones.Of(a)) is null);
        return allowed.Length > 0 || addresses.Length == 0 ? allowed : throw RegistryErrors.Address(
            Call.NameOf(request.Method, request.RequestUri!), registry.Registry, request.RequestUri!.Authority, addresses[0],
            TargetGuard.Refuse(registry, NetworkZones.Of(addresses[0]))!);
    }

    /// <summary>A tunnel is a CONNECT to the proxy; what a proxy forwards is addressed to another host than is connected to.</summary>
    private static bool IsProxy(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage is { Method: var method, RequestUri: { } uri }
        && (method == HttpMethod.Connect || uri.Port != context.DnsEndPoint.Port
            || !string.Equals(uri.IdnHost, context.DnsEndPoint.Host, StringComparison.OrdinalIgnoreCase));
}
