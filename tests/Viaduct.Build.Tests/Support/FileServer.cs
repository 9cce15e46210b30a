using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Viaduct.Build.Tests;

/// <summary>Files by path, over HTTP on a loopback port; remembers what it was asked.</summary>
public sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, byte[]> _files = [];

    public FileServer()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Answers <c>--checksum=…</c> and the address.</summary>
    public string Add(string path, byte[] content)
    {
        _files[path] = content;
        return $"--checksum=sha256:{Convert.ToHexStringLower(SHA256.HashData(content))} {Address}{path}";
    }

    public string Add(string path, string content) => Add(path, Encoding.UTF8.GetBytes(content));

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext http;
            try
            {
                http = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            Asked.Enqueue(http.Request.RawUrl!);
            if (_files.TryGetValue(http.Request.Url!.AbsolutePath, out var content)) await http.Response.OutputStream.WriteAsync(content);
            else http.Response.StatusCode = 404;
            http.Response.Close();
        }
    }
}
