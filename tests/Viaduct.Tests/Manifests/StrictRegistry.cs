using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Viaduct.Tests.Manifests;

/// <summary>A registry that lets nobody in, in distribution's words.</summary>
internal sealed class StrictRegistry : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public StrictRegistry()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var answer = (await _listener.GetContextAsync()).Response;
                answer.StatusCode = 401;
                answer.AddHeader("WWW-Authenticate", "Basic realm=\"tests\"");
                answer.ContentType = "application/json";
                await answer.OutputStream.WriteAsync(Encoding.ASCII.GetBytes("""{"errors":[{"code":"UNAUTHORIZED","message":"authentication required","detail":null}]}"""));
                answer.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }
}
