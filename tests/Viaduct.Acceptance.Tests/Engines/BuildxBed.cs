using System.Text;
using Viaduct.Build;
using Viaduct.Build.Engines;
using Viaduct.Oci;
using Viaduct.Oci.Layers;
using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>A context, docker's command line talking to one engine, and a base of the plan with busybox in it.</summary>
internal sealed class BuildxBed : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly BlobSpool _spool;
    private readonly List<string> _heard = [];

    public BuildxBed(Engine engine)
    {
        engine.Need();
        RealParts.NeedBusybox();
        _spool = new BlobSpool(_folder.At("spool"));
        Variables["DOCKER_HOST"] = engine.Address!;
        // Folders below /tmp have the same names inside, so docker is named whole: this file may be on the PATH there, too.
        _folder.With("bin/docker", $"#!/bin/sh\nexec chroot '{Environment.GetEnvironmentVariable("VIADUCT_TEST_ROOT")}' /usr/bin/docker -H '{engine.Address}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder.At("bin/docker"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public Dictionary<string, string> Variables { get; } = [];

    public string Folder => _folder.Path;

    /// <summary>Below <see cref="Folder"/>, where Viaduct's own files are.</summary>
    public string Place { get; init; } = "temporary";

    /// <summary>What else the Dockerfile of <c>tools</c> says, and of no other base: BuildKit never ends with an ONBUILD that copies from its own image.</summary>
    public string Tools { get; init; } = "";

    public IReadOnlyList<string> Heard
    {
        get { lock (_heard) return [.. _heard]; }
    }

    public BuildxBed With(string name, string text)
    {
        _folder.With("context/" + name, text);
        return this;
    }

    /// <summary>Of an image on <c>FROM tools</c>, which has /bin/busybox and /bin/sh.</summary>
    public BuildRequest Request(string dockerfile, string platform = "linux/amd64")
    {
        With("Dockerfile", dockerfile);
        return new BuildRequest
        {
            Name = "test", Context = _folder.At("context"), Dockerfile = _folder.At("context/Dockerfile"), Platform = Platform.Parse(platform),
            Bases = new PlanBases(ToolsAsync), Engine = new EngineOptions { Network = "none" }, Progress = new Listener(_heard),
        };
    }

    public BuildxBuilder Builder(string name = "buildx") =>
        new(BuilderName.TryParse(name)!, new BuilderHost(n => n == "PATH" ? _folder.At("bin") : Variables.GetValueOrDefault(n), new NoCredentials(), _folder.At(Place)), new ContentHashes());

    public async Task<BuiltImage> BuildAsync(BuildRequest request, string builder = "buildx")
    {
        var image = await Builder(builder).BuildAsync(request, _spool, TestContext.Current.CancellationToken);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.At(Place)));
        return image;
    }

    /// <summary>The text of a file in the topmost layer that has it.</summary>
    public static async Task<string> FileAsync(BuiltImage image, string path)
    {
        foreach (var layer in image.Blobs.Skip(1).Reverse())
            await foreach (var (entry, content) in LayerReader.ReadAsync(layer, TestContext.Current.CancellationToken))
                if (entry.Path == path) return await new StreamReader(content, Encoding.UTF8).ReadToEndAsync();
        throw new FileNotFoundException(path);
    }

    public async Task<BuiltImage> ToolsAsync(string name, Platform platform)
    {
        var place = $"tools/{platform.Architecture}/";
        _folder.With(place + "busybox", await File.ReadAllBytesAsync(RealParts.Busybox(platform.Architecture))).With(place + "Dockerfile", "FROM scratch\nCOPY --chmod=755 busybox /bin/busybox\nCOPY --chmod=755 busybox /bin/sh\nENV TOOLS=yes\n" + (name.StartsWith("tools", StringComparison.Ordinal) ? Tools : ""));
        return await new EmbeddedBuilder().BuildAsync(new BuildRequest
        {
            Name = "tools", Context = _folder.At(place), Dockerfile = _folder.At(place + "Dockerfile"), Platform = platform, Bases = new PlanBases((_, _) => throw new NotSupportedException()),
        }, _spool, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
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

    private sealed class NoCredentials : ICredentialSource
    {
        public ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => ValueTask.FromResult<Credential?>(null);
    }
}
