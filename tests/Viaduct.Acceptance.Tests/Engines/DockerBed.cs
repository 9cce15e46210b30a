using Viaduct.Build;
using Viaduct.Build.Engines;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>A context, one engine, and a base of the plan with busybox in it.</summary>
internal sealed class DockerBed : IAsyncDisposable
{
    private readonly Engine _engine;
    private readonly TemporaryFolder _folder = new();
    private readonly BlobSpool _spool;
    private readonly List<string> _heard = [];
    private readonly DockerBuilder _builder;
    private string[] _others = [];

    public DockerBed(string engine, ICredentialSource? credentials = null)
    {
        _engine = engine switch { "store" => Engine.Store, "graph" => Engine.Graph, _ => Engine.Old };
        _engine.Need();
        RealParts.NeedBusybox();
        _spool = new BlobSpool(_folder.At("spool"));
        _builder = new DockerBuilder(BuilderName.TryParse(_engine.Address!)!, new BuilderHost(_ => null, credentials ?? new OneCredential(null, null), _folder.At("temporary")), new ContentHashes());
    }

    public DockerBuilder Builder => _builder;

    public string Context => _folder.At("context");

    public IReadOnlyList<string> Heard
    {
        get { lock (_heard) return [.. _heard]; }
    }

    public DockerBed With(string name, string text)
    {
        _folder.With("context/" + name, text);
        return this;
    }

    /// <summary>Of an image on <c>FROM tools:1</c>, which has /bin/busybox and /bin/sh; its Dockerfile lies outside the context.</summary>
    public BuildRequest Request(string dockerfile, string platform = "linux/amd64", IBaseImages? bases = null)
    {
        Directory.CreateDirectory(Context);
        var file = $"{Guid.NewGuid():N}.Dockerfile";
        _folder.With(file, dockerfile);
        return new BuildRequest
        {
            Name = "test", Context = Context, Dockerfile = _folder.At(file), Platform = Platform.Parse(platform), Bases = bases ?? new PlanBases((_, wanted) => ToolsAsync(wanted)),
            Engine = new EngineOptions { Network = "none" }, Progress = new Listener(_heard),
        };
    }

    public Task<BuiltImage> BuildAsync(BuildRequest request) => _builder.BuildAsync(request, _spool, TestContext.Current.CancellationToken);

    public Task<BuiltImage> ToolsAsync(Platform platform) => BusyboxAsync(platform, "");

    public async Task<BuiltImage> BusyboxAsync(Platform platform, string more)
    {
        var place = $"tools/{platform.Architecture}/{Guid.NewGuid():N}/";
        _folder.With(place + "busybox", await File.ReadAllBytesAsync(RealParts.Busybox(platform.Architecture)))
            .With(place + "Dockerfile", "FROM scratch\nCOPY --chmod=755 busybox /bin/busybox\nCOPY --chmod=755 busybox /bin/sh\nENV TOOLS=yes\n" + more);
        return await new EmbeddedBuilder().BuildAsync(new BuildRequest
        {
            Name = "tools", Context = _folder.At(place), Dockerfile = _folder.At(place + "Dockerfile"), Platform = platform, Bases = new PlanBases((_, _) => throw new NotSupportedException()),
        }, _spool, CancellationToken.None);
    }

    /// <summary>Remembers the names that others left in the engine.</summary>
    public static async Task<DockerBed> WithoutNamesAsync(string engine)
    {
        var bed = new DockerBed(engine);
        bed._others = await bed.OwnNamesAsync();
        return bed;
    }

    public async Task<IReadOnlyList<string>> NewNamesAsync() => [.. (await OwnNamesAsync()).Except(_others)];

    private async Task<string[]> OwnNamesAsync() =>
        [.. (await _engine.RunAsync("image", "ls", "--format", "{{.Repository}}:{{.Tag}}")).Text.Split('\n').Where(n => n.StartsWith("127.0.0.1:0/", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        _builder.Dispose();
        await _spool.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class Listener(List<string> heard) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (heard) heard.Add(value);
        }
    }
}
