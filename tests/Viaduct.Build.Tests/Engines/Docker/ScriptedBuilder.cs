using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Viaduct.Build.Tests.Engines;

/// <summary>The Engine API on a unix socket, as far as a build asks: well-behaved, but for what a test replaces.</summary>
internal sealed class ScriptedBuilder : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private ScriptedBuilder(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public string Address => $"unix://{_folder}/engine.sock";

    /// <summary>Method and path without the version of the API.</summary>
    public ConcurrentQueue<string> Seen { get; } = [];

    public Func<HttpContext, Task> Version { get; set; } = Text("""{"Version":"28.5.2","ApiVersion":"1.51","Os":"linux","Arch":"amd64"}""");

    public Func<HttpContext, Task> Build { get; set; } = Text("{\"id\":\"moby.image.id\",\"aux\":{\"ID\":\"sha256:1\"}}\n");

    public Func<HttpContext, Task> Inspect { get; set; } = Text("""{"Id":"sha256:1","Os":"linux","Architecture":"amd64"}""");

    public Func<HttpContext, Task> Save { get; set; } = Text("");

    public Func<HttpContext, Task> Pull { get; set; } = Text("{}");

    public Func<HttpContext, Task> Load { get; set; } = Text("{}");

    /// <summary>Of pulls.</summary>
    public ConcurrentQueue<string> Credentials { get; } = [];

    public Func<HttpContext, Task> Delete { get; set; } = Text("[]");

    public static async Task<ScriptedBuilder> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var folder = Directory.CreateTempSubdirectory("viaduct-engine-").FullName;
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.ListenUnixSocket(Path.Combine(folder, "engine.sock"));
            k.Limits.MaxRequestBodySize = null;
        });
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(50));
        var app = builder.Build();
        var engine = new ScriptedBuilder(app, folder);
        app.Run(engine.AnswerAsync);
        await app.StartAsync();
        return engine;
    }

    public static Func<HttpContext, Task> Text(string text, int status = 200) => Bytes(System.Text.Encoding.UTF8.GetBytes(text), status);

    public static Func<HttpContext, Task> Bytes(byte[] bytes, int status = 200) => async http =>
    {
        if (!http.Response.HasStarted) (http.Response.StatusCode, http.Response.ContentType) = (status, "application/json");
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    };

    /// <summary>The same bytes so many times; then the answer goes on as told.</summary>
    public static Func<HttpContext, Task> Many(byte[] bytes, long times, Func<HttpContext, Task> then) => async http =>
    {
        for (var i = 0L; i < times && !http.RequestAborted.IsCancellationRequested; i++) await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        await then(http);
    };

    /// <summary>Says no more, and does not hang up.</summary>
    public static Task Hang(HttpContext http) => Task.Delay(Timeout.Infinite, http.RequestAborted);

    /// <summary>The connection breaks.</summary>
    public static Task Break(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (path.StartsWith("/v", StringComparison.Ordinal) && path.IndexOf('/', 1) is > 0 and var at && char.IsAsciiDigit(path[2])) path = path[at..];
        Seen.Enqueue($"{http.Request.Method} {path}");
        var answer = (http.Request.Method, path) switch
        {
            (_, "/version") => Version,
            (_, "/info") => Text("""{"Architecture":"x86_64","DriverStatus":[]}"""),
            ("POST", "/build") => Build,
            ("POST", "/images/create") => Pull,
            ("POST", "/images/load") => Load,
            ("DELETE", _) => Delete,
            _ when path.EndsWith("/get", StringComparison.Ordinal) => Save,
            _ => Inspect,
        };
        // What is sent is read, as an engine does.
        if (path == "/images/create") Credentials.Enqueue(http.Request.Headers["X-Registry-Auth"].ToString());
        if (path is "/build" or "/images/load") await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        try
        {
            await answer(http);
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }
}
