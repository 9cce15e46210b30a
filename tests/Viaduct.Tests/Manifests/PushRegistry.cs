using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Viaduct.Server;

namespace Viaduct.Tests.Manifests;

/// <summary>An embedded registry behind a server that counts what it is asked, and that a test can tell to answer something else.</summary>
internal sealed class PushRegistry : IAsyncDisposable
{
    private static readonly string[] Kept = ["Location", "Docker-Content-Digest", "Docker-Distribution-Api-Version", "Docker-Upload-UUID", "Range"];

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private EmbeddedRegistry _inner = null!;
    private WebApplication _app = null!;

    public string Host { get; private set; } = "";

    public ConcurrentQueue<string> Seen { get; } = new();

    /// <summary>True when it has answered; else the registry does.</summary>
    public Func<HttpContext, Task<bool>>? Script { get; set; }

    public static async Task<PushRegistry> StartAsync()
    {
        var made = new PushRegistry();
        made._inner = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = Path.Combine(made._folder.Path, "store"), Port = 0 }, default);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        made._app = builder.Build();
        made._app.Run(made.AnswerAsync);
        await made._app.StartAsync();
        made.Host = new Uri(made._app.Urls.First()).Authority;
        return made;
    }

    /// <summary>The number of requests so far, tokens and challenges included.</summary>
    public int Count => Seen.Count;

    public int CountOf(string method, string part) => Seen.Count(s => s.StartsWith(method + " ", StringComparison.Ordinal) && s.Contains(part, StringComparison.Ordinal));

    /// <summary>Asks for a token that names each repository, as token services do: what it does not name is refused.</summary>
    public void DemandTokens() => Script = async http =>
    {
        if (http.Request.Path == "/token")
        {
            await AnswerAsync(http, 200, $$"""{"token":"{{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(string.Join(' ', http.Request.Query["scope"].ToArray())))}}"}""");
            return true;
        }
        var needed = http.Request.Path.Value!.Split("/manifests/")[0].Split("/blobs/")[0]["/v2/".Length..];
        var shown = http.Request.Headers.Authorization.FirstOrDefault() is { } bearer ? System.Text.Encoding.UTF8.GetString(Convert.FromHexString(bearer["Bearer ".Length..])).Split(' ') : [];
        var action = http.Request.Method is "GET" or "HEAD" ? "pull" : "pull,push";
        var from = http.Request.Query["from"].FirstOrDefault();
        if (Holds(shown, needed, action) && (from is null || Holds(shown, from, "pull"))) return false;
        http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{Host}/token\",service=\"s\",scope=\"repository:{needed}:{action}\"";
        await AnswerErrorAsync(http, 401, "UNAUTHORIZED", "authentication required");
        return true;
    };

    /// <summary>As Artifactory does (ggcr#1691): 403 for a tag that nobody has put.</summary>
    public void DenyMissingTags() => Script = http =>
        http.Request.Path.Value is { } path && path.Contains("/manifests/", StringComparison.Ordinal) && !path.Contains(':') && !Seen.Contains($"PUT {path}")
            ? AnswerErrorAsync(http, 403, "DENIED", "the requested resource is not to be had")
            : Task.FromResult(false);

    public static async Task<bool> AnswerAsync(HttpContext http, int status, string body = "", string type = "application/json")
    {
        http.Response.StatusCode = status;
        if (http.Request.Method == "HEAD") return true;
        http.Response.ContentType = type;
        await http.Response.WriteAsync(body);
        return true;
    }

    public static Task<bool> AnswerErrorAsync(HttpContext http, int status, string code, string message) =>
        AnswerAsync(http, status, $$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}""");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _inner.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    private static bool Holds(string[] scopes, string repository, string action) =>
        scopes.Any(s => s.StartsWith($"repository:{repository}:", StringComparison.Ordinal) && action.Split(',').All(a => s[s.LastIndexOf(':')..].Contains(a, StringComparison.Ordinal)));

    private async Task AnswerAsync(HttpContext http)
    {
        Seen.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        if (Script is { } script && await script(http)) return;
        using var forward = new HttpRequestMessage(new HttpMethod(http.Request.Method), $"http://{_inner.Address}{http.Request.Path}{http.Request.QueryString}");
        if (http.Request.Method is "PUT" or "POST" or "PATCH")
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            forward.Content = new ByteArrayContent(body.ToArray());
            if (http.Request.ContentType is { } type) forward.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        forward.Headers.TryAddWithoutValidation("Accept", http.Request.Headers.Accept.ToString());
        using var answer = await _client.SendAsync(forward, HttpCompletionOption.ResponseContentRead);
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var name in Kept)
            if (answer.Headers.TryGetValues(name, out var values)) http.Response.Headers[name] = values.ToArray();
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        http.Response.ContentLength = answer.Content.Headers.ContentLength;
        if (http.Request.Method != "HEAD") await answer.Content.CopyToAsync(http.Response.Body);
    }
}
