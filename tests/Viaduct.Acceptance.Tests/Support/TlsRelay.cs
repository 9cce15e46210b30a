using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Viaduct.Acceptance.Tests;

/// <summary>TLS at a port in front of a unix socket.</summary>
internal sealed class TlsRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public TlsRelay(string socket, SslServerAuthenticationOptions tls)
    {
        _listener.Start();
        _serving = ServeAsync(socket, tls);
    }

    public string Address => $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task ServeAsync(string socket, SslServerAuthenticationOptions tls)
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(RelayAsync(await _listener.AcceptSocketAsync(_end.Token), socket, tls));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task RelayAsync(Socket accepted, string socket, SslServerAuthenticationOptions tls)
    {
        try
        {
            await using var near = new SslStream(new NetworkStream(accepted, ownsSocket: true));
            await near.AuthenticateAsServerAsync(tls, _end.Token);
            var there = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await there.ConnectAsync(new UnixDomainSocketEndPoint(socket), _end.Token);
            await using var far = new NetworkStream(there, ownsSocket: true);
            // One end of two is the end of both.
            await Task.WhenAny(near.CopyToAsync(far, _end.Token), far.CopyToAsync(near, _end.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            // The client has gone, or was not let in.
        }
    }
}
