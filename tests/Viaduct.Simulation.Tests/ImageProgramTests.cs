using Viaduct.Oci;
using Viaduct.Oci.Layers;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>What would be started when a pod or a shell has a say in it, and what else is in an image.</summary>
public sealed class ImageProgramTests
{
    private readonly MemoryContent _content = new();

    [Theory]
    [InlineData(new[] { "/tool", "--flag" }, "VF301")]
    [InlineData(new[] { "tool" }, "VF301")]
    [InlineData(new[] { "./tool" }, "VF303")]
    [InlineData(new[] { "/gone" }, "VF303")]
    [InlineData(new string[0], "")]
    [InlineData(null, "")]
    public async Task A_command_takes_the_place_of_entrypoint_and_cmd(string[]? command, string code)
    {
        var container = new ContainerConfig { Entrypoint = ["/app"], Cmd = ["tool"], WorkingDir = "/work", Env = ["PATH=/:/bin"] };
        var image = await _content.ImageAsync("linux/amd64", container, Program("app", ElfFile.Amd64), Program("tool", ElfFile.Arm64));
        Assert.Equal(code, await CodesAsync(image, new PullOptions { Command = command }));
    }

    [Fact]
    public async Task A_command_is_enough_for_an_image_that_starts_nothing()
    {
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig(), Program("app", ElfFile.Amd64));
        Assert.Equal("VF310", await CodesAsync(image, PullOptions.Default));
        Assert.Equal("", await CodesAsync(image, new PullOptions { Command = ["/app"] }));
    }

    [Theory]
    [InlineData("exec /arm --x", "VF301")]
    [InlineData("/arm", "VF301")]
    [InlineData("/gone", "VF303")]
    [InlineData("/app --x", "")]
    [InlineData("exec $APP", "")]
    [InlineData("/arm && /app", "")]
    [InlineData("X=1 /arm", "")]
    [InlineData("arm", "")]
    [InlineData("exec", "")]
    [InlineData("", "")]
    public async Task A_plain_line_of_a_shell_is_followed_and_only_warned_about(string line, string code)
    {
        var container = new ContainerConfig { Entrypoint = ["/bin/sh", "-c", line] };
        var image = await _content.ImageAsync("linux/amd64", container, Program("bin/sh", ElfFile.Amd64), Program("app", ElfFile.Amd64), Program("arm", ElfFile.Arm64));
        var pull = await PullAsync(image, PullOptions.Default);
        Assert.Equal((code, code.Length == 0 ? Verdict.Ok : Verdict.Warning), (Codes(pull), pull.Verdict));
        Assert.Equal("/bin/sh", pull.Executable);
    }

    [Fact]
    public async Task What_a_shell_does_not_find_ends_a_container_that_was_started()
    {
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/bin/sh", "-c", "/gone"] }, Program("bin/sh", ElfFile.Amd64));
        Assert.EndsWith("its shell starts /gone: its /gone is missing: the shell cannot start it, and kubelet reports CrashLoopBackOff", Assert.Single((await PullAsync(image, PullOptions.Default)).Findings).Text);
    }

    [Fact]
    public async Task A_shell_reads_a_script_that_names_no_interpreter()
    {
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/bin/sh", "-c", "/run"] }, Program("bin/sh", ElfFile.Amd64), Script("run", "echo hello\n"));
        Assert.Equal("", await CodesAsync(image, PullOptions.Default));
    }

    [Fact]
    public async Task A_shell_that_does_not_run_is_what_counts()
    {
        var container = new ContainerConfig { Entrypoint = ["/bin/sh", "-c", "/arm"] };
        Assert.Equal("VF301", await CodesAsync(await _content.ImageAsync("linux/amd64", container, Program("bin/sh", ElfFile.Arm64), Program("arm", ElfFile.Arm64)), PullOptions.Default));
    }

    [Fact]
    public async Task Deep_names_programs_for_other_machines_in_a_note()
    {
        var foreign = Enumerable.Range(1, 7).SelectMany(i => Program($"data/p{i}", i % 2 == 0 ? ElfFile.Arm64 : ElfFile.Arm)).ToArray();
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/app"] }, Program("app", ElfFile.Amd64), foreign, Script("data/run", "#!/bin/sh\n"));
        Assert.Equal("", await CodesAsync(image, PullOptions.Default));
        var pull = await PullAsync(image, new PullOptions { Deep = true });
        Assert.Equal((Verdict.Ok, "VF313"), (pull.Verdict, Codes(pull)));
        Assert.Contains("it holds 7 programs for other machines than linux/amd64: /data/p1 (an ARM binary), /data/p2 (an ARM64 binary), ", pull.Findings[0].Text);
        Assert.EndsWith("/data/p5 (an ARM binary) and 2 more", pull.Findings[0].Text);
    }

    [Fact]
    public async Task Deep_sees_what_is_in_the_image_in_the_end()
    {
        (TarEntry, byte[]?)[] removed = [(new TarEntry(".wh.gone", TarEntryKind.File), [])];
        (TarEntry, byte[]?)[] kept = [.. Program("object.o", ElfFile.Make(183, type: 1)), .. Program("damaged", ElfFile.Arm64[..40]), .. Program("data", ElfFile.Arm64, mode: 0b110_100_100)];
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/app"] }, Program("gone", ElfFile.Arm64), [.. Program("app", ElfFile.Amd64), .. kept], removed);
        Assert.Equal("", await CodesAsync(image, new PullOptions { Deep = true }));
    }

    [Fact]
    public async Task Deep_does_not_tell_twice_of_the_program_that_is_started() =>
        Assert.Equal("VF301", await CodesAsync(await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/app"] }, Program("app", ElfFile.Arm64)), new PullOptions { Deep = true }));

    private Task<SimulatedPull> PullAsync(RawManifest image, PullOptions options) =>
        new PullSimulator(options).PullAsync(_content, image, Node.Of(new Platform("linux", "amd64")), default);

    private async Task<string> CodesAsync(RawManifest image, PullOptions options) => Codes(await PullAsync(image, options));

    private static string Codes(SimulatedPull pull) => string.Join(' ', pull.Findings.Select(f => f.Kind.Code));
}
