using System.Text;
using Viaduct.Oci;
using static Viaduct.Simulation.Tests.BinaryReads;

namespace Viaduct.Simulation.Tests;

public sealed class BinaryFormatTests
{
    [Theory]
    [InlineData("pause-386", "386", 3, 32, false)]
    [InlineData("pause-amd64", "amd64", 62, 64, false)]
    [InlineData("pause-arm", "arm", 40, 32, false)]
    [InlineData("pause-arm64", "arm64", 183, 64, false)]
    [InlineData("pause-ppc64le", "ppc64le", 21, 64, false)]
    [InlineData("pause-riscv64", "riscv64", 243, 64, false)]
    [InlineData("pause-s390x", "s390x", 22, 64, true)]
    public async Task The_committed_pause_binaries_are_what_their_names_say(string file, string architecture, int machine, int bits, bool big)
    {
        var bytes = await File.ReadAllBytesAsync(Committed(file));
        var format = await ReadAsync(bytes, bytes.Length);
        Assert.Equal(
            (BinaryKind.Elf, architecture, (ushort)machine, bits, big, BinaryFormat.Executable, false, false, null),
            (format.Kind, format.Architecture, format.Machine, format.Bits, format.BigEndian, format.Type, format.HasInterpreter, format.IsLibrary, format.Defect));
        foreach (var other in new[] { "386", "amd64", "arm", "arm64", "ppc64le", "riscv64", "s390x" })
        {
            var expected = other == architecture ? Verdict.Ok : (architecture, other) is ("386", "amd64") or ("arm", "arm64") ? Verdict.Warning : Verdict.Failure;
            Assert.Equal(expected, format.RunsOn(Simulation.Node.Of(new Platform("linux", other))).Verdict);
        }
    }

    [Theory]
    [InlineData(62, 64, false, "linux/amd64/v3", Verdict.Ok)]
    [InlineData(62, 32, false, "linux/amd64", Verdict.Warning)]
    [InlineData(62, 64, false, "linux/386", Verdict.Failure)]
    [InlineData(62, 64, true, "linux/amd64", Verdict.Failure)]
    [InlineData(62, 64, false, "windows/amd64", Verdict.Failure)]
    [InlineData(3, 32, false, "linux/386", Verdict.Ok)]
    [InlineData(6, 32, false, "linux/386", Verdict.Ok)]
    [InlineData(3, 64, false, "linux/386", Verdict.Failure)]
    [InlineData(183, 64, false, "linux/aarch64", Verdict.Ok)]
    [InlineData(183, 64, true, "linux/arm64", Verdict.Failure)]
    [InlineData(183, 64, false, "linux/arm/v7", Verdict.Failure)]
    [InlineData(40, 32, false, "linux/arm/v6", Verdict.Ok)]
    [InlineData(40, 32, true, "linux/arm64", Verdict.Failure)]
    [InlineData(21, 64, true, "linux/ppc64le", Verdict.Failure)]
    [InlineData(21, 64, true, "linux/ppc64", Verdict.Ok)]
    [InlineData(21, 64, false, "linux/ppc64", Verdict.Failure)]
    [InlineData(22, 64, true, "linux/s390x", Verdict.Ok)]
    [InlineData(22, 32, true, "linux/s390x", Verdict.Warning)]
    [InlineData(22, 64, false, "linux/s390x", Verdict.Failure)]
    [InlineData(243, 64, false, "linux/riscv64", Verdict.Ok)]
    [InlineData(243, 32, false, "linux/riscv64", Verdict.Warning)]
    [InlineData(8, 32, true, "linux/mips", Verdict.Ok)]
    [InlineData(8, 32, true, "linux/mips64", Verdict.Warning)]
    [InlineData(8, 64, false, "linux/mips64le", Verdict.Ok)]
    [InlineData(258, 64, false, "linux/loong64", Verdict.Ok)]
    [InlineData(60000, 64, false, "linux/amd64", Verdict.Failure)]
    public async Task Class_byte_order_and_machine_decide(int machine, int bits, bool big, string node, Verdict verdict)
    {
        var format = await ReadAsync(ElfFile.Make((ushort)machine, bits, big));
        Assert.Null(format.Defect);
        Assert.Equal(verdict, format.RunsOn(Node(node)).Verdict);
    }

    [Theory]
    [InlineData(64, false, null)]
    [InlineData(64, true, null)]
    [InlineData(32, false, null)]
    [InlineData(32, true, null)]
    [InlineData(64, false, 4090)]
    [InlineData(64, false, 300_000)]
    public async Task The_dynamic_loader_is_read_wherever_it_lies(int bits, bool big, int? at)
    {
        var format = await ReadAsync(ElfFile.Make(8, bits, big, type: BinaryFormat.PositionIndependent, interpreter: "/lib/ld.so.1", interpreterAt: at));
        Assert.Equal((true, "/lib/ld.so.1", (string?)null), (format.HasInterpreter, format.Interpreter, format.Defect));
    }

    [Theory]
    [InlineData("#!/bin/sh\n", "/bin/sh", null)]
    [InlineData("#! \t/usr/bin/env  python3 -u \necho", "/usr/bin/env", "python3 -u")]
    [InlineData("#!/bin/sh", "/bin/sh", null)]
    [InlineData("#!/bin/sh\r\n", "/bin/sh\r", null)]
    [InlineData("#!\n", null, null)]
    [InlineData("#!", null, null)]
    public async Task The_first_line_of_a_script_names_its_interpreter(string text, string? interpreter, string? argument)
    {
        var format = await ReadAsync(Encoding.UTF8.GetBytes(text));
        Assert.Equal((BinaryKind.Script, interpreter, argument), (format.Kind, format.Interpreter, format.Argument));
        Assert.Equal(interpreter is null, format.RunsOn(Node("linux/arm64")).Verdict == Verdict.Failure);
    }

    [Fact]
    public async Task An_interpreter_beyond_what_the_kernel_reads_is_refused() =>
        Assert.NotNull((await ReadAsync(Encoding.UTF8.GetBytes("#!/" + new string('a', 300) + "\n"))).Defect);

    [Theory]
    [InlineData("")]
    [InlineData("echo hello\n")]
    [InlineData("\u007fELF")]
    [InlineData("MZ")]
    public async Task What_no_kernel_takes_runs_nowhere(string text)
    {
        var format = await ReadAsync(Encoding.UTF8.GetBytes(text));
        Assert.Equal(Verdict.Failure, format.RunsOn(Node("linux/amd64")).Verdict);
        Assert.Equal(Verdict.Failure, format.RunsOn(Node("windows/amd64")).Verdict);
    }

    [Theory]
    [InlineData("linux/arm64", "failure wrong-machine")]
    [InlineData("linux/amd64", "ok -")]
    [InlineData("windows/amd64", "failure wrong-system")]
    public async Task Of_libraries_and_objects_only_the_machine_is_asked(string node, string expected)
    {
        var library = await ReadAsync(ElfFile.Make(62, type: 3, entry: 0));
        var module = await ReadAsync(ElfFile.Make(62, type: 1));
        Assert.Equal("failure damaged-program", library.On("linux/amd64"));
        foreach (var format in new[] { library, module })
        {
            var run = format.MachineOn(Node(node));
            Assert.Equal(expected, $"{run.Verdict.Word()} {run.Kind?.Name ?? "-"}");
        }
    }
}
