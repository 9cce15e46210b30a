using Viaduct.Oci;
using Viaduct.Oci.Layers;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>Scripts whose interpreter env looks for. Lines and results as of coreutils 9.1 on Linux.</summary>
public sealed class ProgramEnvTests
{
    private static readonly byte[] Dynamic = ElfFile.Make(62, type: BinaryFormat.PositionIndependent, interpreter: "/lib64/ld-linux-x86-64.so.2");

    private readonly MemoryContent _content = new();

    [Theory]
    [InlineData("#!/usr/bin/env python3\n", Verdict.Ok)]
    [InlineData("#!/usr/bin/env -S python3 -u\n", Verdict.Ok)]
    [InlineData("#!/usr/bin/env -Spython3 -u\n", Verdict.Ok)]
    [InlineData("#!/usr/bin/env -S python3\r\n", Verdict.Ok)]
    [InlineData("#!/usr/bin/env --split-string=ruby -w\n", Verdict.Failure)]
    [InlineData("#!/usr/bin/env python3 -u\n", Verdict.Failure)]
    [InlineData("#!/usr/bin/env python3\r\n", Verdict.Failure)]
    [InlineData("#!/usr/bin/env /usr/bin/python3\n", Verdict.Ok)]
    [InlineData("#!/usr/bin/env /usr/bin/ruby\n", Verdict.Failure)]
    [InlineData("#!/usr/bin/env -i ruby\n", Verdict.Ok)]
    [InlineData("#!/usr/bin/env -S A=b ruby\n", Verdict.Ok)]
    [InlineData("#!/usr/bin/env -S ${RUBY}\n", Verdict.Ok)]
    [InlineData("#!/usr/bin/env\n", Verdict.Ok)]
    [InlineData("#!/usr/bin/env ruby\n", Verdict.Failure)]
    [InlineData("#!/usr/bin/env -S ruby -w\n", Verdict.Failure)]
    public async Task What_env_is_asked_for_is_looked_up(string line, Verdict verdict) =>
        Assert.Equal(verdict, (await Run("/run", Script("run", line), [.. Program("usr/bin/env", ElfFile.Amd64), .. Program("usr/bin/python3", ElfFile.Amd64)])).Verdict);

    [Fact]
    public async Task What_env_takes_for_one_name_is_told() =>
        await Fails("its /run asks env for 'python3 -u', which is in no directory of PATH (without -S all of the line is one name; ",
            Run("/run", Script("run", "#!/usr/bin/env python3 -u\n"), Program("usr/bin/env", ElfFile.Amd64), Program("usr/bin/python3", ElfFile.Amd64)));

    [Fact]
    public async Task What_env_starts_is_for_the_node_too() =>
        await Fails("its /usr/bin/python3 is an ARM64 binary: it cannot run",
            Run("/run", Script("run", "#!/usr/bin/env python3\n"), Program("usr/bin/env", ElfFile.Amd64), Program("usr/bin/python3", ElfFile.Arm64)));

    [Fact]
    public async Task What_env_starts_needs_its_loader() =>
        await Fails("the dynamic loader of /usr/bin/python3, is missing",
            Run("/run", Script("run", "#!/usr/bin/env python3\n"), Program("usr/bin/env", ElfFile.Amd64), Program("usr/bin/python3", Dynamic)));

    [Fact]
    public async Task What_env_starts_may_be_a_script_that_asks_env()
    {
        var pull = await Run("/run", Script("run", "#!/usr/bin/env first\n"), Script("bin/first", "#!/usr/bin/env second\n"), Program("bin/second", ElfFile.Amd64), Program("usr/bin/env", ElfFile.Amd64));
        Assert.Equal(Verdict.Ok, pull.Verdict);
    }

    [Fact]
    public async Task An_env_that_is_a_script_itself_does_what_it_likes() =>
        Assert.Equal(Verdict.Ok, (await Run("/run", Script("run", "#!/my/env ruby\n"), Script("my/env", "#!/bin/sh\n"), Program("bin/sh", ElfFile.Amd64))).Verdict);

    [Fact]
    public async Task A_text_that_env_starts_is_read_by_a_shell() =>
        Assert.Equal(Verdict.Ok, (await Run("/run", Script("run", "#!/usr/bin/env plain\n"), Script("bin/plain", "echo hello\n"), Program("usr/bin/env", ElfFile.Amd64))).Verdict);

    [Fact]
    public async Task A_script_that_has_env_start_itself_leaves_the_answer_open()
    {
        var pull = await Run("run", Script("bin/run", "#!/usr/bin/env run\n"), Program("usr/bin/env", ElfFile.Amd64));
        Assert.Equal((Verdict.Unknown, "VF401"), (pull.Verdict, Assert.Single(pull.Findings).Kind.Code));
    }

    private async Task<SimulatedPull> Run(string entrypoint, params (TarEntry, byte[]?)[][] layers)
    {
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = [entrypoint] }, layers);
        return await new PullSimulator().PullAsync(_content, image, Node.Of(new Platform("linux", "amd64")), default);
    }

    private static async Task Fails(string text, Task<SimulatedPull> pulling)
    {
        var pull = await pulling;
        Assert.Contains(text, Assert.Single(pull.Findings).Text);
        Assert.Equal(Verdict.Failure, pull.Verdict);
    }
}
