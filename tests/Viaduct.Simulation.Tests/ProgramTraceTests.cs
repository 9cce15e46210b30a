using Viaduct.Oci;
using Viaduct.Oci.Layers;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>From an entrypoint to the program that the kernel loads.</summary>
public sealed class ProgramTraceTests
{
    private static readonly byte[] Dynamic = ElfFile.Make(62, type: BinaryFormat.PositionIndependent, interpreter: "/lib64/ld-linux-x86-64.so.2");

    private readonly MemoryContent _content = new();

    [Fact]
    public async Task Links_are_followed_inside_the_image()
    {
        var pull = await Run("/entry", Program("opt/real/app", ElfFile.Amd64), [.. Link("opt/current", "real"), .. Link("entry", "/opt/../opt/current/../current/app")]);
        Assert.Equal((Verdict.Ok, "/entry"), (pull.Verdict, pull.Executable));
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_is_named() =>
        await Fails("its /entry is a link to /gone, which leads nowhere: kubelet reports RunContainerError", Run("/entry", Link("entry", "/gone")));

    [Fact]
    public async Task A_circle_of_links_fails() =>
        await Fails("symbolic links", Run("/a", [.. Link("a", "b"), .. Link("b", "a")]));

    [Fact]
    public async Task A_whiteout_in_an_upper_layer_takes_the_entrypoint_away() =>
        await Fails("its /pause is missing: kubelet reports RunContainerError, then CrashLoopBackOff",
            Run("/pause", Program("pause", ElfFile.Amd64), [(new TarEntry(".wh.pause", TarEntryKind.File), [])]));

    [Fact]
    public async Task The_upper_layer_decides_what_the_entrypoint_is() =>
        await Fails("its /pause is an ARM64 binary: it cannot run", Run("/pause", Program("pause", ElfFile.Amd64), Program("pause", ElfFile.Arm64)));

    [Fact]
    public async Task A_file_that_nobody_may_execute_fails() =>
        await Fails("its /pause may not be executed (mode 0644)", Run("/pause", Program("pause", ElfFile.Amd64, mode: 0b110_100_100)));

    [Fact]
    public async Task A_directory_is_no_program() =>
        await Fails("its /pause is not a file", Run("/pause", [(new TarEntry("pause", TarEntryKind.Directory), null)]));

    [Theory]
    [InlineData("app", "PATH=/x:/opt/bin", null, Verdict.Ok)]
    [InlineData("app", "PATH=/x", null, Verdict.Failure)]
    [InlineData("app", null, null, Verdict.Failure)]
    [InlineData("tool", null, null, Verdict.Ok)]
    [InlineData("app", "PATH=", null, Verdict.Failure)]
    [InlineData("./app", null, "/opt/bin", Verdict.Ok)]
    [InlineData("bin/app", null, "opt", Verdict.Ok)]
    [InlineData("./app", null, null, Verdict.Failure)]
    [InlineData("../../../opt/bin/app", null, "/opt", Verdict.Ok)]
    public async Task Bare_names_follow_PATH_and_relative_ones_the_working_directory(string word, string? path, string? directory, Verdict verdict)
    {
        var container = new ContainerConfig { Cmd = [word], Env = path is null ? [] : ["PATH=/first", path], WorkingDir = directory };
        var pull = await Run(container, [.. Program("opt/bin/app", ElfFile.Amd64), .. Program("usr/bin/tool", ElfFile.Amd64)]);
        Assert.Equal(verdict, pull.Verdict);
    }

    [Fact]
    public async Task A_search_along_PATH_passes_over_what_is_no_program()
    {
        var container = new ContainerConfig { Entrypoint = ["app"], Env = ["PATH=/a:/b:/c"] };
        var pull = await Run(container, [(new TarEntry("a/app", TarEntryKind.Directory), null), .. Program("b/app", ElfFile.Arm64, mode: 0b110_100_100), .. Program("c/app", ElfFile.Amd64)]);
        Assert.Equal((Verdict.Ok, "/c/app"), (pull.Verdict, pull.Executable));
    }

    [Fact]
    public async Task No_entrypoint_is_a_warning() =>
        Assert.Equal(Verdict.Warning, (await Run(new ContainerConfig(), Program("pause", ElfFile.Amd64))).Verdict);

    [Fact]
    public async Task A_missing_dynamic_loader_fails() =>
        await Fails("its /lib64/ld-linux-x86-64.so.2, the dynamic loader of /app, is missing", Run("/app", Program("app", Dynamic)));

    [Fact]
    public async Task A_dynamic_loader_behind_a_link_is_found() =>
        Assert.Equal(Verdict.Ok, (await Run("/app", Program("app", Dynamic), Program("usr/lib64/ld-linux-x86-64.so.2", ElfFile.Make(62, type: 3)), Link("lib64", "usr/lib64"))).Verdict);

    [Fact]
    public async Task A_dynamic_loader_of_another_machine_fails() =>
        await Fails("its /app is an amd64 binary, but its dynamic loader /lib64/ld-linux-x86-64.so.2 is an ARM64 binary",
            Run("/app", Program("app", Dynamic), Program("lib64/ld-linux-x86-64.so.2", ElfFile.Arm64)));

    [Fact]
    public async Task A_script_runs_by_its_interpreter() =>
        Assert.Equal((Verdict.Ok, BinaryKind.Script), await VerdictAndKind(Run("/run.sh", Script("run.sh", "#!/bin/sh\n"), Program("bin/sh", ElfFile.Amd64))));

    [Fact]
    public async Task A_script_without_its_interpreter_fails() =>
        await Fails("its /bin/bash, the interpreter of /run.sh, is missing: the container ends at once", Run("/run.sh", Script("run.sh", "#!/bin/bash -e\n")));

    [Fact]
    public async Task An_interpreter_of_another_machine_fails() =>
        await Fails("its /bin/sh is an ARM64 binary: it cannot run", Run("/run.sh", Script("run.sh", "#!/bin/sh\n"), Program("bin/sh", ElfFile.Arm64)));

    [Fact]
    public async Task A_script_from_Windows_is_recognised() =>
        await Fails("with a carriage return", Run("/run.sh", Script("run.sh", "#!/bin/sh\r\n"), Program("bin/sh", ElfFile.Amd64)));

    [Theory]
    [InlineData("/proc/self/exe")]
    [InlineData("/sys/x")]
    [InlineData("/dev/fd/3")]
    [InlineData("/link")]
    [InlineData("/script")]
    [InlineData("/program")]
    public async Task What_the_container_mounts_is_not_known(string entrypoint)
    {
        var program = ElfFile.Make(62, type: BinaryFormat.PositionIndependent, interpreter: "/dev/ld.so");
        var pull = await Run(entrypoint, Folder("proc"), Link("link", "../proc/self/exe"), Script("script", "#!/proc/self/fd/3\n"), Program("program", program), Program("dev/fd/3", ElfFile.Arm64));
        Assert.Equal((Verdict.Unknown, "VF401"), (pull.Verdict, Assert.Single(pull.Findings).Kind.Code));
    }

    [Fact]
    public async Task What_only_sounds_like_a_mount_is_the_images() =>
        Assert.Equal(Verdict.Failure, (await Run("/process/x", Folder("proc"))).Verdict);

    [Theory]
    [InlineData(1000, Verdict.Failure)]
    [InlineData(1001, Verdict.Unknown)]
    public async Task A_PATH_of_more_folders_than_anybody_names_leaves_the_answer_open(int folders, Verdict verdict)
    {
        var path = string.Join(':', Enumerable.Range(0, folders).SelectMany(i => new[] { $"/f{i}", "/f0" }));
        Assert.Equal(verdict, (await Run(new ContainerConfig { Entrypoint = ["app"], Env = ["PATH=" + path] }, Program("app", ElfFile.Amd64))).Verdict);
    }

    [Fact]
    public async Task Links_that_lead_a_long_way_leave_the_answer_open()
    {
        var links = Enumerable.Range(0, 39).SelectMany(i => Link($"l{i}", new string('/', 4000) + $"l{i + 1}")).ToArray();
        var path = string.Join(':', Enumerable.Range(0, 1000).Select(i => $"/l0/f{i}"));
        var pull = await Run(new ContainerConfig { Entrypoint = ["app"], Env = ["PATH=" + path] }, Folder("l39"), links);
        Assert.Equal((Verdict.Unknown, "VF401"), (pull.Verdict, Assert.Single(pull.Findings).Kind.Code));
    }

    [Fact]
    public async Task A_word_longer_than_any_command_leaves_the_answer_open() =>
        Assert.Equal(Verdict.Unknown, (await Run(new string('x', 40_000), Program("app", ElfFile.Amd64))).Verdict);

    /// <summary>As Linux 6.18 does: five scripts run, and six end in ELOOP.</summary>
    [Theory]
    [InlineData(5, Verdict.Ok)]
    [InlineData(6, Verdict.Failure)]
    public async Task Five_interpreters_in_a_row_are_followed(int scripts, Verdict verdict)
    {
        var layers = Enumerable.Range(1, scripts).Select(i => Script($"s{i}", $"#!/s{i + 1}\n")).Append(Program($"s{scripts + 1}", ElfFile.Amd64));
        Assert.Equal(verdict, (await Run("/s1", [.. layers])).Verdict);
    }

    [Fact]
    public async Task A_script_that_is_its_own_interpreter_ends() =>
        Assert.Equal(Verdict.Failure, (await Run("/loop", Script("loop", "#!/loop\n"))).Verdict);

    [Fact]
    public async Task No_control_character_of_an_image_reaches_a_finding() =>
        Assert.DoesNotContain((await Run("/\u001b[31m\u0007pause")).Findings, f => f.Text.Any(char.IsControl));

    private Task<SimulatedPull> Run(string entrypoint, params (TarEntry, byte[]?)[][] layers) => Run(new ContainerConfig { Entrypoint = [entrypoint] }, layers);

    private async Task<SimulatedPull> Run(ContainerConfig container, params (TarEntry, byte[]?)[][] layers)
    {
        var image = await _content.ImageAsync("linux/amd64", container, layers);
        return await new PullSimulator().PullAsync(_content, image, Node.Of(new Platform("linux", "amd64")), default);
    }

    private static async Task Fails(string text, Task<SimulatedPull> pulling)
    {
        var pull = await pulling;
        Assert.Contains(text, Assert.Single(pull.Findings).Text);
        Assert.Equal(Verdict.Failure, pull.Verdict);
    }

    private static async Task<(Verdict, BinaryKind)> VerdictAndKind(Task<SimulatedPull> pulling)
    {
        var pull = await pulling;
        return (pull.Verdict, pull.Binary!.Kind);
    }
}
