using System.Diagnostics;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>What the command line says and leaves when an engine is not there, cannot, fails, is interrupted, or finds no way to a base.</summary>
public sealed class Engines_that_fail
{
    private const string Nowhere = "unix:///nowhere/docker.sock";

    [Fact]
    public async Task No_engine()
    {
        using var set = EngineSet.Of(EngineSet.Uname);
        FailureAssert.IsClear(await set.ViaductAsync(Nowhere, "push"), "VIA2161", ExitCode.Unreachable, "there is no such socket");
        Assert.Empty(await Store.TagsOfAsync(set.Folder));
    }

    [Fact]
    public async Task Secrets_need_another_builder_and_nothing_is_asked_of_an_engine()
    {
        using var set = EngineSet.Of(EngineSet.Uname, settings: "builder: docker\nsecrets: [\"id=token,env=TOKEN\"]\n");
        FailureAssert.IsClear(await set.ViaductAsync(Nowhere, "push"), "VIA2163", ExitCode.Usage, "secrets", "builder: buildx");
        Assert.Empty(await Store.TagsOfAsync(set.Folder));
    }

    [Theory]
    [InlineData("store")]
    [InlineData("graph")]
    [InlineData("old")]
    public async Task A_platform_that_the_machine_cannot_run(string engine)
    {
        RealParts.NeedRoot();
        Engine.Of(engine).Need();
        using var set = EngineSet.Of(EngineSet.Uname);
        // The machine keeps its emulators: this process alone sees a binfmt_misc with none.
        set.Folder.With("binfmt_misc/status", "enabled\n");
        using var push = ViaductCli.Start(
            ["unshare", "--mount", "sh", "-c", "mount --bind \"$0\" /proc/sys/fs/binfmt_misc && exec \"$@\"", set.Folder.At("binfmt_misc")], set.Folder, set.Variables(Engine.Of(engine).Address!), "push");
        FailureAssert.IsClear(await push.EndAsync(), "VIA2164", ExitCode.Failed, "images/app/Dockerfile:3:1", "cannot run programs of linux/arm64", "--install arm64");
        Assert.Empty(await Store.TagsOfAsync(set.Folder));
    }

    [Theory]
    [InlineData("store")]
    [InlineData("graph")]
    [InlineData("old")]
    public async Task A_RUN_that_fails_is_told_with_its_step_its_line_and_its_last_words(string name)
    {
        var engine = Engine.Of(name);
        engine.Need();
        using var set = EngineSet.Of("echo one; echo two; [ $(/bin/busybox uname -m) = x86_64 ] || exit 9", "linux/amd64, linux/arm64");
        var failed = await set.ViaductAsync(engine, "push", "--verbose");
        Assert.Equal((int)ExitCode.Failed, failed.Exit);
        var error = failed.Error[failed.Error.IndexOf("error VIA", StringComparison.Ordinal)..];
        Assert.StartsWith("error VIA2165: ", error);
        Assert.Contains("[2/2] RUN [", error, StringComparison.Ordinal);
        Assert.Contains(" failed with exit code 9\n    one\n    two\n", error, StringComparison.Ordinal);
        Assert.Contains("images/app/Dockerfile:3:1", error, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1:0", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(await Store.TagsOfAsync(set.Folder), t => t.StartsWith("app", StringComparison.Ordinal));
        Assert.Empty(await set.NamesLeftAsync(engine));

        // What was built for the other platform is not built again, and no engine is needed for it.
        var plan = (await set.ViaductAsync(Nowhere, "plan")).MustSucceed().Text;
        Assert.Contains("app linux/arm64", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("app linux/amd64 by", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("store")]
    [InlineData("graph")]
    [InlineData("old")]
    public async Task Control_C_in_the_middle_of_a_build_leaves_nothing(string name)
    {
        var engine = Engine.Of(name);
        engine.Need();
        RealParts.NeedLinux();
        var seconds = Random.Shared.Next(100_000, 999_999);
        using var set = EngineSet.Of($"echo asleep; /bin/busybox sleep {seconds}", "linux/amd64, linux/arm64");
        using var push = ViaductCli.Start(set.Folder, set.Variables(engine.Address!), "push", "--verbose");
        await push.SaysAsync(e => e.Split("app linux/").Any(p => p.StartsWith("amd64", StringComparison.Ordinal) && p.Contains("asleep", StringComparison.Ordinal)) && Sleeping(seconds) > 1);
        var began = Stopwatch.StartNew();
        push.Signal(Native.Interrupt);
        var ended = await push.EndAsync();
        Assert.True(ended.Exit == (int)ExitCode.Cancelled, $"it ended with {ended.Exit}:\n{ended.Error}");
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(10), $"it took {began.Elapsed}");
        Assert.DoesNotContain("error VIA", ended.Error);
        Assert.DoesNotContain("   at ", ended.Error);
        Assert.Empty(await set.NamesLeftAsync(engine));
        Assert.DoesNotContain(await Store.TagsOfAsync(set.Folder), t => t.StartsWith("app", StringComparison.Ordinal));
        // The engine ends what it had started a moment after nobody listens any more.
        for (var tries = 0; Sleeping(seconds) > 0; tries++)
        {
            Assert.True(tries < 200, "what RUN started still runs in the engine");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("store")]
    [InlineData("graph")]
    [InlineData("old")]
    public async Task A_foreign_base_is_pulled_by_the_engine_with_the_credentials_of_config_json(string name)
    {
        RealParts.NeedDistribution();
        var engine = Engine.Of(name);
        engine.Need();
        await using var registry = await Distribution.StartAsync(PrivateRegistry.Line);
        using var bases = await PushedBaseAsync(registry, PrivateRegistry.ConfigJson(registry.Address));
        using var set = EngineSet.Of(EngineSet.Uname, "linux/amd64, linux/arm64", from: $"{registry.Address}/base:1");
        set.Folder.With("client/config.json", PrivateRegistry.ConfigJson(registry.Address));
        (await set.ViaductAsync(engine, "push", "--simulate", "--verbose")).MustSucceed();
        Assert.Empty(await set.NamesLeftAsync(engine));
        // It came from the registry: only what is pulled is known by a digest of that repository.
        var pulled = (await engine.RunAsync("image", "ls", "--digests", "--filter", $"label=viaduct.test={bases.Mark}", "--format", "{{.Repository}}@{{.Digest}}")).MustSucceed().Text;
        Assert.Contains($"{registry.Address}/base@sha256:", pulled, StringComparison.Ordinal);
        foreach (var image in pulled.Split('\n', StringSplitOptions.RemoveEmptyEntries)) await engine.RunAsync("image", "rm", "--force", image);

        set.Folder.With("client/config.json", "{}").With("images/app/Dockerfile", $"FROM {registry.Address}/base:1\nRUN [\"/bin/busybox\", \"true\"]\n");
        FailureAssert.IsClear(await set.ViaductAsync(engine, "push"), "VIA3010", ExitCode.Denied, registry.Address);
    }

    [Fact]
    public async Task A_base_in_a_registry_that_only_this_machine_reaches_is_loaded_into_the_engine()
    {
        RealParts.NeedDistribution();
        Engine.Graph.Need();
        RealParts.NeedRoot();
        await using var registry = await Distribution.StartAsync(PrivateRegistry.Line);
        using var bases = await PushedBaseAsync(registry, PrivateRegistry.ConfigJson(registry.Address));
        // Its loopback is another.
        await using var engine = await DistantEngine.StartAsync(3);
        using var set = EngineSet.Of(EngineSet.Uname, "linux/amd64, linux/arm64", from: $"{registry.Address}/base:1");
        set.Folder.With("client/config.json", PrivateRegistry.ConfigJson(registry.Address));
        (await set.ViaductAsync(engine.Address, "push", "--registry", $"{registry.Address}/team", "--simulate")).MustSucceed();
        var left = (await RealParts.InRootAsync(["docker", "-H", engine.Address, "image", "ls", "--all", "--format", "{{.Repository}}:{{.Tag}}"])).MustSucceed().Text;
        Assert.DoesNotContain("/", left, StringComparison.Ordinal);
        await set.RunsAsync(Engine.Graph, $"{registry.Address}/team/app:1", "amd64", "arm64");
    }

    /// <summary>A base in the registry as somebody else has put it there.</summary>
    private static async Task<EngineSet> PushedBaseAsync(Distribution registry, string config)
    {
        var set = EngineSet.Of(EngineSet.Uname, "linux/amd64, linux/arm64");
        Directory.Delete(set.Folder.At("images/app"), recursive: true);
        set.Folder.With("client/config.json", config);
        (await set.ViaductAsync(Nowhere, "push", "--registry", registry.Address)).MustSucceed();
        return set;
    }

    private static int Sleeping(int seconds) => Directory.EnumerateDirectories("/proc").Count(p => int.TryParse(Path.GetFileName(p), out _) && CommandLine(p).Contains($"sleep\0{seconds}", StringComparison.Ordinal));

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
