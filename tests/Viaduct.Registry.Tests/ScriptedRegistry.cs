using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Viaduct.Registry.Tests;

/// <summary>A real HTTP server on a loopback port that does what a test tells it to, and remembers what it was asked.</summary>
internal sealed class ScriptedRegistry : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedRegistry(WebApplication app) => _app = app;

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public string Host { get; private set; } = "";

    public string Url { get; private set; } = "";

    /// <param name="tls">With a certificate that nobody vouches for.</param>
    /// <param name="connected">Called for every connection.</param>
    /// <param name="https">Another certificate than that, and what is wanted of clients.</param>
    public static async Task<ScriptedRegistry> StartAsync(Func<HttpContext, Task> script, bool tls = false, Action? connected = null, Action<HttpsConnectionAdapterOptions>? https = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            {
                if (connected is not null)
                    listen.Use(next => connection =>
                    {
                        connected();
                        return next(connection);
                    });
                if (https is not null) listen.UseHttps(https);
                else if (tls) listen.UseHttps(SelfSigned.Certificate);
            });
            k.Limits.MaxRequestBodySize = null;
            k.AllowSynchronousIO = true;
            k.Limits.MinRequestBodyDataRate = null;
        });
        var app = builder.Build();
        var registry = new ScriptedRegistry(app);
        app.Run(async http =>
        {
            var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            registry.Seen.Enqueue(new SeenRequest(http.Request.Method, target,
                http.Request.Headers.Authorization.FirstOrDefault(), http.Request.Headers.Accept.ToString()));
            await script(http);
        });
        await app.StartAsync();
        registry.Host = new Uri(app.Urls.First()).Authority;
        registry.Url = $"{(tls || https is not null ? "https" : "http")}://{registry.Host}";
        return registry;
    }

    public int Count(string method, string start) => Seen.Count(s => s.Method == method && s.Target.StartsWith(start, StringComparison.Ordinal));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

internal sealed record SeenRequest(string Method, string Target, string? Authorization, string Accept);
