using Viaduct.Build.Engines;
using Viaduct.Build.Tests.Engines;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;
using Viaduct.TestSupport;

namespace Viaduct.Build.Tests;

/// <summary>A script <c>docker</c> on a PATH of its own: it says what the test wants, and keeps what it was asked.</summary>
internal sealed class FakeDocker : IAsyncDisposable
{
    private const string Script = """
        #!/bin/sh
        here=$(dirname "$0")
        echo "$*" >> "$here/calls"
        case "$*" in
            "buildx version") cat "$here/version";;
            "buildx inspect"*) cat "$here/inspect"; [ ! -e "$here/silent" ] || { cat "$here/silent" >&2; exit 1; };;
            "buildx ls") cat "$here/ls";;
            "buildx build"*)
                printf '%s\n' "$@" > "$here/arguments"
                env > "$here/environment"
                cat > "$here/context.tar"
                dest=$(sed -n 's/^--output=type=oci,dest=\([^,]*\),.*/\1/p' "$here/arguments")
                metadata=$(sed -n 's/^--metadata-file=//p' "$here/arguments")
                . "$here/build";;
        esac
        """;

    public static readonly string Inspect = """
        Name:          default
        Driver:        docker
        Last Activity: 2026-01-02 03:04:05 +0000 UTC

        Nodes:
        Name:             default
        Endpoint:         default
        Status:           running
        BuildKit version: v0.25.0
        Platforms:        linux/amd64, linux/amd64/v2, linux/arm64*, linux/arm/v7
        Labels:
         org.mobyproject.buildkit.worker.hostname: vm
        GC Policy rule#0:
         All:            false

        """;

    private readonly BlobSpool _spool;

    public FakeDocker()
    {
        Folder = Directory.CreateTempSubdirectory("viaduct-fake-").FullName;
        _spool = new BlobSpool(At("spool"));
        Write("docker", Script);
        Executable.Make(At("docker"));
        Write("version", "github.com/docker/buildx v0.29.1 abcdef\n").Write("inspect", Inspect);
        Variables["DOCKER_HOST"] = Engine.Address;
        Write("ls", "NAME/NODE     DRIVER/ENDPOINT   STATUS\ndefault*      docker\n \\_ default    \\_ default       running\ndistant       remote\n");
        Write("build", "exit 1");
    }

    public string Folder { get; }

    /// <summary>What the driver docker is in: an engine with the containerd store.</summary>
    public ScriptedDaemon Engine { get; } = new() { Info = """{"DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]]}""" };

    /// <summary>Beside PATH, what the builder sees of the environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string Spool { get; init; } = "temporary";

    public string Temporary => At(Spool);

    public IReadOnlyList<string> Arguments => File.ReadAllLines(At("arguments"));

    public string At(string name) => Path.Combine(Folder, name);

    public FakeDocker Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return this;
    }

    public BuildxBuilder Builder(string name = "buildx") => new(
        BuilderName.TryParse(name)!, new BuilderHost(n => n == "PATH" ? Folder : Variables.GetValueOrDefault(n), new NoCredentials(), Temporary), new ContentHashes());

    public Task<BuiltImage> BuildAsync(BuildRequest request, CancellationToken cancellationToken = default) => Builder().BuildAsync(request, _spool, cancellationToken);

    public async Task<ViaductException> FailureAsync(BuildRequest request) => await Assert.ThrowsAsync<ViaductException>(() => BuildAsync(request));

    public async Task<ViaductException> CheckFailureAsync(BuildRequest request, string name = "buildx") =>
        await Assert.ThrowsAsync<ViaductException>(() => Builder(name).CheckAsync([request], CancellationToken.None));

    /// <summary>What it will write as the build's result: an image of one layer.</summary>
    public async Task<FakeDocker> GivesAsync(BuildRequest request, string platform = "linux/amd64", Digest? digest = null, Digest? key = null, string extra = "")
    {
        var layer = Blob.FromBytes(MediaTypes.OciLayer, new byte[1024]);
        var config = Blob.FromBytes(MediaTypes.OciConfig, new ImageConfig(Platform.Parse(platform)) { DiffIds = [layer.Descriptor.Digest] }.ToBytes());
        var made = new ImageManifest(config.Descriptor, [layer.Descriptor])
        {
            Annotations = new Dictionary<string, string> { [Annotations.InputKey] = (key ?? await Builder().KeyAsync(request, CancellationToken.None)).ToString() },
        }.ToManifest();
        var image = new BuiltImage(request.Platform, made, ImageConfig.Parse(new byte[] { (byte)'{', (byte)'}' }), [config, layer]);
        await using (var output = File.Create(At("archive.tar")))
            await OciArchive.ExportAsync(new FakeBases().Add("x", image), [(made, [])], output, CancellationToken.None);
        return Write("metadata.json", $$"""{"containerimage.digest":"{{digest ?? made.Digest}}"}""").Write("build", $"{extra}\ncp $here/archive.tar $dest\ncp $here/metadata.json $metadata\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _spool.DisposeAsync();
        await Engine.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private sealed class NoCredentials : ICredentialSource
    {
        public ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => ValueTask.FromResult<Credential?>(null);
    }
}
