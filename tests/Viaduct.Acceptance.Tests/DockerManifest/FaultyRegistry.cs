using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Viaduct.TestSupport;

namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>A registry that passes everything on to another, but for one fault.</summary>
internal sealed class FaultyRegistry : IAsyncDisposable
{
    private readonly Relay _relay = new();
    private readonly WebApplication _server;
    private readonly Fault _fault;
    private readonly string _behind;
    private int _failed;

    private FaultyRegistry(WebApplication server, Fault fault, string behind)
    {
        (_server, _fault, _behind) = (server, fault, behind);
        server.Run(AnswerAsync);
    }

    public string Address => new Uri(_server.Urls.First()).Authority;

    public static async Task<FaultyRegistry> StartAsync(Fault fault, string behind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        var registry = new FaultyRegistry(server, fault, behind);
        await server.StartAsync();
        return registry;
    }

    /// <summary>What happens once happens again.</summary>
    public void Reset() => _failed = 0;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _relay.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var isManifest = request.Path.Value!.Contains("/manifests/", StringComparison.Ordinal);
        return _fault switch
        {
            Fault.BrokenPuts when isManifest && request.Method == "PUT" => FailAsync(context, 503),
            Fault.OneBrokenPut when isManifest && request.Method == "PUT" && IsFirst() => FailAsync(context, 503),
            Fault.BusyReads when isManifest && request.Method == "GET" => FailAsync(context, 429),
            Fault.OneBusyRead when isManifest && request.Method == "GET" && IsFirst() => FailAsync(context, 429),
            Fault.NoMounts when request.Method == "POST" => _relay.PassOnAsync(context, _behind, ""),
            _ => _relay.PassOnAsync(context, _behind, request.QueryString.Value ?? ""),
        };
    }

    private bool IsFirst() => Interlocked.Increment(ref _failed) == 1;

    private static Task FailAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (status != 429) return Task.CompletedTask;
        context.Response.Headers.RetryAfter = "0";
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}""");
    }
}
