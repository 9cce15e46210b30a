using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Peers;

/// <summary><c>viaduct load</c> into real engines, which then have the image under its name and run it.</summary>
public sealed class Load_into_engines(PushedSets sets)
{
    private static readonly Containerd NewContainerd = new("viaduct-load");
    private static readonly Containerd OldContainerd = new("viaduct-load", old: true);

    [Theory]
    [InlineData("VIADUCT_TEST_DOCKER", null)]
    [InlineData("VIADUCT_TEST_DOCKER", "linux/arm64")]
    [InlineData("VIADUCT_TEST_DOCKER", "linux/s390x")]
    [InlineData("VIADUCT_TEST_DOCKER_GRAPH", null)]
    [InlineData("VIADUCT_TEST_DOCKER_GRAPH", "linux/arm/v7")]
    [InlineData("VIADUCT_TEST_DOCKER_OLD", null)]
    [InlineData("VIADUCT_TEST_DOCKER_OLD", "linux/arm64")]
    public async Task Docker_has_the_image_under_its_name_and_runs_it(string variable, string? platform)
    {
        var engine = new Engine(variable);
        engine.Need();
        var set = await sets.InAsync(RegistryKind.Embedded);
        using var folder = new TemporaryFolder();
        var name = $"viaduct-load-{Guid.NewGuid():N}:3.10";
        string[] asked = platform is null ? [] : ["--platform", platform];
        try
        {
            var loaded = (await ViaductCli.RunAsync(folder, new Dictionary<string, string?> { ["DOCKER_HOST"] = Environment.GetEnvironmentVariable(variable) },
                ["load", set.List("pause").ToString(), "--as", name, "-o", "json", .. asked])).MustSucceed();
            var json = JsonDocument.Parse(loaded.Output).RootElement;
            var entry = await set.EntryAsync("pause", Platform.Parse(platform ?? Host()));
            var config = (await set.ReadAsync(set.List("pause").WithDigest(entry.Digest))).AsImage().Config.Digest;
            Assert.Equal(entry.Digest.ToString(), json.GetProperty("digest").GetString());

            // containerd's store names images by their manifests, graph drivers by their configs.
            var id = (variable == "VIADUCT_TEST_DOCKER" ? entry.Digest : config).ToString();
            Assert.Equal(id, json.GetProperty("id").GetString());
            Assert.Equal(id, (await engine.RunAsync("image", "inspect", "--format", "{{.Id}}", name)).MustSucceed().Text.Trim());

            var words = json.GetProperty("run").EnumerateArray().Select(w => w.GetString()!).Skip(1).ToArray();
            Assert.Equal(["run", "--rm", .. asked, name], words);
            var run = (await engine.RunAsync(["run", "--network", "none", .. words[1..], "-v"])).MustSucceed();
            Assert.Equal(Repository.PauseVersion, run.Text.Trim());
        }
        finally
        {
            await engine.RunAsync("image", "rm", "--force", name);
        }
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(false, "linux/riscv64")]
    [InlineData(true, null)]
    [InlineData(true, "linux/arm64")]
    public async Task Containerd_has_the_image_under_its_name_and_runs_it(bool old, string? platform)
    {
        var containerd = old ? OldContainerd : NewContainerd;
        containerd.Need();
        var set = await sets.InAsync(RegistryKind.Embedded);
        using var folder = new TemporaryFolder();
        var name = $"docker.io/library/viaduct-load-{Guid.NewGuid():N}:3.10";
        string[] asked = platform is null ? [] : ["--platform", platform];
        try
        {
            // Without an engine of docker's or podman's that answers, it is containerd's turn.
            var loaded = (await ViaductCli.RunAsync(folder, new Dictionary<string, string?>
            {
                ["DOCKER_HOST"] = "unix:///nowhere/docker.sock",
                ["CONTAINER_HOST"] = "unix:///nowhere/podman.sock",
                ["CONTAINERD_ADDRESS"] = Environment.GetEnvironmentVariable(old ? "VIADUCT_TEST_CONTAINERD_OLD" : "VIADUCT_TEST_CONTAINERD"),
                ["CONTAINERD_NAMESPACE"] = "viaduct-load",
                ["PATH"] = $"{FolderOfCtr(folder, old)}:{Environment.GetEnvironmentVariable("PATH")}",
            }, ["load", set.List("pause").ToString(), "--as", name, .. asked])).MustSucceed();
            var entry = await set.EntryAsync("pause", Platform.Parse(platform ?? Host()));
            Assert.StartsWith("containerd ", loaded.Text);
            Assert.Contains($" has {name}: {platform ?? Host()}, {entry.Digest}\n", loaded.Text);
            Assert.Contains(entry.Digest.ToString(), (await containerd.RunAsync("images", "ls", $"name=={name}")).MustSucceed().Text);

            // The last line is the command; only the words of ctr itself differ in the folder that it is in.
            var words = loaded.Text.TrimEnd().Split('\n')[^1].Split(' ');
            // ctr does not always wait for what a program says that ends at once: it succeeds and has nothing (seen with 1.6).
            var said = "";
            for (var tries = 0; said.Length == 0 && tries < 10; tries++)
                said = (await containerd.RunAsync([.. words.SkipWhile(w => w != "run").SkipLast(1), $"viaduct-load-{Guid.NewGuid():N}", "/pause", "-v"])).MustSucceed().Text.Trim();
            Assert.Equal(Repository.PauseVersion, said);
        }
        finally
        {
            await containerd.RunAsync("images", "rm", "--sync", name);
        }
    }

    [Theory]
    [InlineData("VIADUCT_TEST_DOCKER")]
    [InlineData("VIADUCT_TEST_DOCKER_GRAPH")]
    [InlineData("VIADUCT_TEST_DOCKER_OLD")]
    public async Task A_platform_that_is_not_there_fails_with_the_words_of_that_engines_pull(string variable)
    {
        var engine = new Engine(variable);
        engine.Need();
        var list = (await sets.InAsync(RegistryKind.Embedded)).List("pause").ToString();
        using var folder = new TemporaryFolder();
        var outcome = await ViaductCli.RunAsync(folder, new Dictionary<string, string?> { ["DOCKER_HOST"] = Environment.GetEnvironmentVariable(variable) }, "load", list, "--platform", "linux/mips64");
        Assert.Equal(6, outcome.Exit);
        Assert.StartsWith($"error VIA9035: {list}: docker ", outcome.Error);
        var pull = await engine.RunAsync("pull", "--platform", "linux/mips64", list);
        Assert.NotEqual(0, pull.Exit);
        Assert.Contains(pull.Error.Trim(), outcome.Error);
    }

    /// <summary>The plain platform of this machine: pause has no levels.</summary>
    private static string Host() => System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "linux/arm64" : "linux/amd64";

    /// <summary>bookworm's ctr is a file that runs as it is, forky's needs its own Debian.</summary>
    private static string FolderOfCtr(TemporaryFolder folder, bool old)
    {
        if (old) return $"{Environment.GetEnvironmentVariable("VIADUCT_TEST_OLD")}/usr/bin";
        folder.With("bin/ctr", $"#!/bin/sh\nexec chroot {Environment.GetEnvironmentVariable("VIADUCT_TEST_ROOT")} /usr/bin/ctr \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.At("bin/ctr"), (UnixFileMode)0b111_101_101);
        return folder.At("bin");
    }
}
