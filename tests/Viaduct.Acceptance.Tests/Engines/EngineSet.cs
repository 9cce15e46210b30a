namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>A set of images in a folder: <c>base</c> with busybox, which the embedded builder makes, and <c>app</c> with RUN on it, for an engine.</summary>
internal sealed class EngineSet : IDisposable
{
    public static readonly IReadOnlyDictionary<string, string> Machines = new Dictionary<string, string> { ["amd64"] = "x86_64", ["arm64"] = "aarch64", ["s390x"] = "s390x" };

    private EngineSet(TemporaryFolder folder, string mark) => (Folder, Mark) = (folder, mark);

    public TemporaryFolder Folder { get; }

    /// <summary>A label of all its images that no other set has; layers that RUN makes are of its own, too.</summary>
    public string Mark { get; }

    /// <param name="run">What app's RUN does, after <c>/bin/busybox sh -c</c>; without quotes.</param>
    /// <param name="from">app's base; the set has none of its own when it is another.</param>
    /// <param name="settings">More lines of app's image.yaml.</param>
    public static EngineSet Of(string run, string platforms = "linux/amd64, linux/arm64, linux/s390x", string from = "base", string settings = "")
    {
        RealParts.NeedBusybox();
        var mark = Guid.NewGuid().ToString("N");
        var set = new EngineSet(new TemporaryFolder(), mark);
        set.Folder.With("viaduct.yaml", $"defaults:\n  platforms: [{platforms}]\n  network: none\n");
        if (from == "base") set.WithBase();
        set.Folder.With("images/app/image.yaml", $"tags: [\"1\"]\n{settings}").With("images/app/Dockerfile", $"""
            FROM {from}
            LABEL viaduct.test={mark}
            RUN ["/bin/busybox", "sh", "-c", ": {mark}; {run}"]
            CMD ["/bin/busybox", "cat", "/machine"]

            """);
        return set;
    }

    public static string Uname => "/bin/busybox uname -m > /machine";

    public EngineSet WithBase()
    {
        Folder.With("images/base/image.yaml", "tags: [\"1\"]\n")
            .With("images/base/Dockerfile", $"FROM scratch\nARG ARCH\nLABEL viaduct.test={Mark}\nCOPY --chmod=755 busybox-${{ARCH}} /bin/busybox\n");
        foreach (var architecture in Machines.Keys) File.Copy(RealParts.Busybox(architecture), Folder.At($"images/base/busybox-{architecture}"));
        return this;
    }

    public Task<Outcome> ViaductAsync(Engine engine, params string[] words) => ViaductAsync(engine.Address!, words);

    public Task<Outcome> ViaductAsync(string address, params string[] words) => ViaductCli.RunAsync(Folder, Variables(address), words);

    /// <summary>No configuration of docker's but what the set has in <c>client/</c>.</summary>
    public Dictionary<string, string?> Variables(string address) =>
        new() { ["DOCKER_HOST"] = address, ["DOCKER_CONTEXT"] = null, ["DOCKER_CONFIG"] = Folder.At("client"), ["NO_COLOR"] = "1" };

    /// <summary>Loads the image of each platform into the engine and runs it there: it says what RUN wrote.</summary>
    public async Task RunsAsync(Engine engine, string reference, params string[] architectures)
    {
        foreach (var architecture in architectures)
        {
            var name = $"viaduct-test-{Mark}:{architecture}";
            try
            {
                var loaded = (await ViaductAsync(engine, "load", reference, "--into", "docker", "--platform", $"linux/{architecture}", "--as", name)).MustSucceed();
                Assert.Contains($" has {name}: linux/{architecture}, sha256:", loaded.Text, StringComparison.Ordinal);
                var run = (await engine.RunAsync("run", "--rm", "--network", "none", "--platform", $"linux/{architecture}", name)).MustSucceed();
                Assert.Equal(Machines[architecture], run.Text.Trim());
            }
            finally
            {
                await engine.RunAsync("image", "rm", "--force", name);
            }
        }
    }

    /// <summary>The names that images of this set still have in the engine for Viaduct's own use.</summary>
    public async Task<IReadOnlyList<string>> NamesLeftAsync(Engine engine) =>
        [.. (await engine.RunAsync("image", "ls", "--all", "--filter", $"label=viaduct.test={Mark}", "--format", "{{.Repository}}:{{.Tag}}")).MustSucceed()
            .Text.Split('\n').Where(n => n.StartsWith("127.0.0.1:0/", StringComparison.Ordinal))];

    public void Dispose() => Folder.Dispose();
}
