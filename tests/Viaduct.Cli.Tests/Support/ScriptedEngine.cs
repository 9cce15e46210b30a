using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Viaduct.Cli.Tests;

/// <summary>The Engine API on a unix socket, as far as <c>load</c> asks: it keeps the name and the digests of what it is given.</summary>
internal sealed class ScriptedEngine : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private ScriptedEngine(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public string Socket => Path.Combine(_folder, "engine.sock");

    public string Address => "unix://" + Socket;

    /// <summary>The same over TCP.</summary>
    public string TcpAddress => _app.Urls.Single(u => u.StartsWith("http://127.", StringComparison.Ordinal)).Replace("http:", "tcp:", StringComparison.Ordinal);

    public string Version { get; set; } = """{"Version":"28.5.2","Os":"linux","Arch":"amd64","Components":[{"Name":"Engine","Version":"28.5.2"}]}""";

    public string Info { get; set; } = """{"Architecture":"x86_64","DriverStatus":[["Backing Filesystem","extfs"]]}""";

    /// <summary>Status and body of the answer to an image.</summary>
    public (int Status, string Body) Load { get; set; } = (200, "{\"stream\":\"Loaded\"}\n");

    /// <summary>What it says that it has under a name; by default the digest of the config that it was given, without sha256:, as podman does.</summary>
    public string? Id { get; set; }

    public bool ForgetsNames { get; set; }

    public ConcurrentQueue<string> Seen { get; } = [];

    /// <summary>The archive's manifest.json.</summary>
    public JsonElement Manifest { get; private set; }

    public static async Task<ScriptedEngine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var folder = Directory.CreateTempSubdirectory("viaduct-engine-").FullName;
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.ListenUnixSocket(Path.Combine(folder, "engine.sock"));
            k.Listen(IPAddress.Loopback, 0);
            k.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        var engine = new ScriptedEngine(app, folder);
        app.Run(engine.AnswerAsync);
        await app.StartAsync();
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        Seen.Enqueue($"{http.Request.Method} {path}");
        http.Response.ContentType = "application/json";
        if (path.EndsWith("/version", StringComparison.Ordinal)) await http.Response.WriteAsync(Version);
        else if (path.EndsWith("/info", StringComparison.Ordinal)) await http.Response.WriteAsync(Info);
        else if (path.EndsWith("/images/load", StringComparison.Ordinal)) await LoadAsync(http);
        else await InspectAsync(http, path);
    }

    private async Task LoadAsync(HttpContext http)
    {
        if (Load.Status == 200)
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            body.Position = 0;
            await using var tar = new TarReader(body);
            while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
                if (entry.Name == "manifest.json")
                    Manifest = (await JsonDocument.ParseAsync(entry.DataStream!)).RootElement[0].Clone();
        }
        http.Response.StatusCode = Load.Status;
        await http.Response.WriteAsync(Load.Body);
    }

    private async Task InspectAsync(HttpContext http, string path)
    {
        if (ForgetsNames || Manifest.ValueKind != JsonValueKind.Object || !path.Contains(Manifest.GetProperty("RepoTags")[0].GetString()!, StringComparison.Ordinal))
        {
            http.Response.StatusCode = 404;
            await http.Response.WriteAsync("""{"message":"No such image"}""");
            return;
        }
        await http.Response.WriteAsync($$"""{"Id":"{{Id ?? Manifest.GetProperty("Config").GetString()!.Split('/')[^1]}}"}""");
    }
}
