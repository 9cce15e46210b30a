using System.Net;
using System.Net.Sockets;

namespace Viaduct.Tests;

/// <summary>Stands before a registry and answers 403 to one of the requests that write.</summary>
internal sealed class RefusingProxy : IDisposable
{
    private static readonly string[] BodyHeaders = ["Content-Type", "Content-Length", "Content-Range"];

    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly string _target;
    private int _writes;

    public RefusingProxy(string target)
    {
        _target = target;
        Address = $"127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>The number of the write to refuse, from 1; none when 0. Setting it begins to count anew.</summary>
    public int Refused
    {
        get;
        set
        {
            field = value;
            _writes = 0;
        }
    }

    public bool HasRefused => Refused > 0 && _writes >= Refused;

    public void Dispose()
    {
        _listener.Close();
        _client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.HttpMethod is "PUT" or "POST" or "PATCH" && Interlocked.Increment(ref _writes) == Refused)
        {
            response.StatusCode = 403;
            response.Close();
            return;
        }

        using var forward = new HttpRequestMessage(new HttpMethod(request.HttpMethod), $"http://{_target}{request.RawUrl}");
        if (request.HasEntityBody || request.HttpMethod is "PUT" or "POST")
        {
            var body = new MemoryStream();
            await request.InputStream.CopyToAsync(body);
            forward.Content = new ByteArrayContent(body.ToArray());
            if (request.ContentType is { } type) forward.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        if (request.Headers["Accept"] is { } accept) forward.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await _client.SendAsync(forward, HttpCompletionOption.ResponseContentRead);
        response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers))
            if (!BodyHeaders.Contains(header.Key) && header.Key is not ("Transfer-Encoding" or "Connection" or "Keep-Alive")) response.Headers[header.Key] = string.Join(", ", header.Value);
        if (answer.Content.Headers.ContentType is { } kind) response.ContentType = kind.ToString();
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        response.ContentLength64 = request.HttpMethod == "HEAD" ? answer.Content.Headers.ContentLength ?? 0 : bytes.Length;
        if (request.HttpMethod != "HEAD") await response.OutputStream.WriteAsync(bytes);
        response.Close();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
