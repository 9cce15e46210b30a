using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Viaduct.Acceptance.Tests;

/// <summary>A registry that has nothing and takes uploads without ever being done with them.</summary>
internal sealed class StuckRegistry : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StuckRegistry(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>Ends when the first upload hangs.</summary>
    public Task Stuck => _stuck.Task;

    /// <summary>What was asked of manifests beside HEAD and GET.</summary>
    public ConcurrentQueue<string> ManifestWrites { get; } = new();

    public static async Task<StuckRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var registry = new StuckRegistry(app);
        app.Run(registry.AnswerAsync);
        await app.StartAsync();
        registry.Address = new Uri(app.Urls.First()).Authority;
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        // A 404 of something else would not be believed.
        http.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        switch (http.Request.Method)
        {
            case "POST" when path.EndsWith("/blobs/uploads/", StringComparison.Ordinal):
                http.Response.StatusCode = 202;
                http.Response.Headers.Location = path + "1";
                break;
            case "PUT" or "PATCH" when path.Contains("/blobs/", StringComparison.Ordinal):
                _stuck.TrySetResult();
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
                break;
            case "PUT":
                ManifestWrites.Enqueue(path);
                http.Response.StatusCode = 201;
                break;
            default:
                http.Response.StatusCode = 404;
                break;
        }
    }
}
