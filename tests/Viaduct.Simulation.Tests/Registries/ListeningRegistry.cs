using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>A registry on this machine that answers as it is told, and keeps what it was asked.</summary>
internal sealed class ListeningRegistry : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerRequest, HttpListenerResponse, string?> _answer;

    /// <param name="answer">Sets status and headers; its result is the body.</param>
    public ListeningRegistry(Func<HttpListenerRequest, HttpListenerResponse, string?> answer)
    {
        _answer = answer;
        Address = $"127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Method, path, and what was shown.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            Asked.Enqueue($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath} {context.Request.Headers["Authorization"]}".TrimEnd());
            var body = Encoding.UTF8.GetBytes(_answer(context.Request, context.Response) ?? "");
            if (context.Request.HttpMethod != "HEAD") await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
