using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Viaduct.TestSupport;

namespace Viaduct.Benchmarks.Peers;

/// <summary>
/// A registry with a token service before a registry without one, as most on the internet are: who asks without a token is sent to fetch one for
/// what he wants. Every answer, tokens too, comes late by the same time, as from a distance. It runs in this process and counts for itself.
/// </summary>
internal sealed class TokenRegistry : IRegistry
{
    private readonly Relay _relay = new();
    private readonly StringBuilder _log = new();
    private readonly DistributionRegistry _behind;
    private readonly TimeSpan _late;
    private readonly WebApplication _server;

    private TokenRegistry(WebApplication server, DistributionRegistry behind, TimeSpan late)
    {
        (_server, _behind, _late) = (server, behind, late);
        server.Run(AnswerAsync);
    }

    public string Address => new Uri(_server.Urls.First()).Authority;

    /// <summary>The same without tokens and without delay, to fill it.</summary>
    public string Behind => _behind.Address;

    public static async Task<TokenRegistry> StartAsync(DistributionRegistry behind, TimeSpan late)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        var registry = new TokenRegistry(server, behind, late);
        await server.StartAsync().ConfigureAwait(false);
        return registry;
    }

    public void Empty() => _behind.Empty();

    public Task<long> MarkAsync()
    {
        lock (_log) return Task.FromResult((long)_log.Length);
    }

    public Task<Traffic> SinceAsync(long mark)
    {
        lock (_log) return Task.FromResult(Traffic.Of(_log.ToString((int)mark, _log.Length - (int)mark)));
    }

    public void Dispose()
    {
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _relay.Dispose();
        _behind.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await Task.Delay(_late).ConfigureAwait(false);
        var request = context.Request;
        if (request.Path == "/token") await GiveTokenAsync(context).ConfigureAwait(false);
        else if (Wanted(request) is var wanted && Scopes.Of(request.Headers.Authorization) is { } has && wanted.All(has.Allows)) await PassOnAsync(context).ConfigureAwait(false);
        else Refuse(context, wanted);
        var line = $"\"{request.Method} {request.Path}{request.QueryString} HTTP/1.1\" {context.Response.StatusCode} http.request.remoteaddr=127.0.0.1:{context.Connection.RemotePort}\n";
        lock (_log) _log.Append(line);
    }

    /// <summary>What a request needs, as distribution asks for it (registry/handlers/app.go, appendAccessRecords and appendRepositoryDetails).</summary>
    private static List<string> Wanted(HttpRequest request)
    {
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var end = Array.FindLastIndex(parts, p => p is "manifests" or "blobs" or "tags");
        if (end < 1) return [];
        var name = string.Join('/', parts[1..end]);
        List<string> wanted = [$"repository:{name}:{(request.Method is "GET" or "HEAD" ? "pull" : "pull,push")}"];
        if (request.Query["from"] is [{ Length: > 0 } from]) wanted.Add($"repository:{from}:pull");
        return wanted;
    }

    private void Refuse(HttpContext context, IReadOnlyList<string> wanted)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        var scope = wanted.Count == 0 ? "" : $",scope=\"{string.Join(' ', wanted)}\"";
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{Address}/token\",service=\"benchmark\"{scope}";
    }

    private static async Task GiveTokenAsync(HttpContext context)
    {
        var scopes = context.Request.Query["scope"].ToString().Replace(",repository", " repository");
        if (context.Request.HasFormContentType) scopes = (await context.Request.ReadFormAsync().ConfigureAwait(false))["scope"].ToString();
        var token = Scopes.TokenFor(scopes);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"token":"{{token}}","access_token":"{{token}}","expires_in":300}""").ConfigureAwait(false);
    }

    private Task PassOnAsync(HttpContext context)
    {
        // The token is for this registry.
        context.Request.Headers.Remove("Authorization");
        return _relay.PassOnAsync(context, _behind.Address, context.Request.QueryString.Value ?? "");
    }
}
