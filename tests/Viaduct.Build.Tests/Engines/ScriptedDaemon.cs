using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Viaduct.Build.Tests.Engines;

/// <summary>As much of dockerd as a connection asks, at a port.</summary>
internal sealed class ScriptedDaemon : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    /// <param name="tls">Null for plain TCP.</param>
    public ScriptedDaemon(SslServerAuthenticationOptions? tls = null)
    {
        _tls = tls;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => $"tcp://127.0.0.1:{Port}";

    public string Version { get; init; } = """{"Version":"28.5.2","ApiVersion":"1.51","Os":"linux","Arch":"arm64"}""";

    public string Info { get; set; } = """{"Architecture":"aarch64","DriverStatus":[]}""";

    /// <summary>Repeated for ever in place of the answer to /info.</summary>
    public byte[]? Endless { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                Stream stream = client.GetStream();
                if (_tls is not null)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(_tls, _end.Token);
                    stream = secure;
                }
                using var reader = new StreamReader(stream);
                while (await reader.ReadLineAsync(_end.Token) is { } first)
                {
                    while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 })
                    {
                    }
                    await AnswerAsync(stream, first);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or AuthenticationException or SocketException)
        {
            // The client has gone, or was not let in.
        }
    }

    private async Task AnswerAsync(Stream stream, string request)
    {
        var isInfo = request.Contains("/info", StringComparison.Ordinal);
        if (isInfo && Endless is not null)
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"u8.ToArray(), _end.Token);
            while (true) await stream.WriteAsync(Endless, _end.Token);
        }
        var body = isInfo ? Info : Version;
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"), _end.Token);
    }
}
