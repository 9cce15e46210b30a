using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Viaduct.TestSupport;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>Where redirects lead: a storage that has the bytes, one that has nothing, a page for people, and an upload that is thrown away.</summary>
internal sealed class Decoy : IAsyncDisposable
{
    private readonly Relay _relay = new();
    private readonly WebApplication _server;
    private readonly string _behind;
    private int _asked;

    private Decoy(WebApplication server, string behind) => (_server, _behind) = (server, behind);

    public int Asked => _asked;

    /// <summary>What came here and should not have.</summary>
    public ConcurrentQueue<string> Leaks { get; } = new();

    public static async Task<Decoy> StartAsync(string behind, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var server = builder.Build();
        var decoy = new Decoy(server, behind);
        server.Run(decoy.AnswerAsync);
        await server.StartAsync();
        return decoy;
    }

    /// <param name="path">Of the request that is sent here.</param>
    public string Location(FaultKind kind, string path) => $"{_server.Urls.First()}/{kind}{path}";

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _relay.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _asked);
        var request = context.Request;
        foreach (var (name, value) in request.Headers)
            if (name is "Authorization" or "Cookie" or "Proxy-Authorization" || value.ToString().Contains("token-", StringComparison.Ordinal) || value.ToString().Contains(TokenDesk.Secret, StringComparison.Ordinal))
                Leaks.Enqueue($"{request.Method} {request.Path}: {name}: {value}");
        var path = request.Path.Value!;
        var end = path.IndexOf('/', 1);
        switch (Enum.Parse<FaultKind>(path[1..end]))
        {
            case FaultKind.RedirectToStorage:
                request.Path = path[end..];
                request.Headers.Host = _behind;
                await _relay.PassOnAsync(context, _behind, "");
                break;
            case FaultKind.UploadElsewhere:
                await request.Body.CopyToAsync(Stream.Null);
                context.Response.StatusCode = 201;
                break;
            default:
                context.Response.StatusCode = path.StartsWith($"/{FaultKind.RedirectToNothing}", StringComparison.Ordinal) ? 404 : 200;
                context.Response.ContentType = "text/html";
                if (!HttpMethods.IsHead(request.Method)) await context.Response.WriteAsync("<html><body>Nothing is kept here.</body></html>");
                break;
        }
    }
}
