using System.Runtime.CompilerServices;
using System.Text;
using CsCheck;
using Viaduct.Oci;

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
        await using var stream = File.OpenRead(Path.Combine(Repository(), "images", "pause", "bin", file));
        var format = await BinaryFormat.ReadAsync(stream, default);
        Assert.Equal(
            new BinaryFormat { Kind = BinaryKind.Elf, Architecture = architecture, Machine = (ushort)machine, Bits = bits, BigEndian = big, Type = BinaryFormat.Executable },
            format);
        foreach (var other in new[] { "386", "amd64", "arm", "arm64", "ppc64le", "riscv64", "s390x" })
        {
            var expected = other == architecture ? Verdict.Ok : (architecture, other) is ("386", "amd64") or ("arm", "arm64") ? Verdict.Warning : Verdict.Failure;
            Assert.Equal(expected, format.RunsOn(new Platform("linux", other)).Verdict);
        }
    }

    [Theory]
    [InlineData(62, 64, false, "linux/amd64/v3", Verdict.Ok)]
    [InlineData(62, 32, false, "linux/amd64", Verdict.Warning)]
    [InlineData(62, 64, false, "linux/386", Verdict.Failure)]
    [InlineData(62, 64, false, "windows/amd64", Verdict.Failure)]
    [InlineData(183, 64, false, "linux/aarch64", Verdict.Ok)]
    [InlineData(183, 64, true, "linux/arm64", Verdict.Failure)]
    [InlineData(183, 64, false, "linux/arm/v7", Verdict.Failure)]
    [InlineData(40, 32, false, "linux/arm/v6", Verdict.Ok)]
    [InlineData(40, 32, true, "linux/arm64", Verdict.Failure)]
    [InlineData(21, 64, true, "linux/ppc64le", Verdict.Failure)]
    [InlineData(21, 64, true, "linux/ppc64", Verdict.Ok)]
    [InlineData(22, 32, true, "linux/s390x", Verdict.Failure)]
    [InlineData(8, 32, true, "linux/mips", Verdict.Ok)]
    [InlineData(8, 64, false, "linux/mips64le", Verdict.Ok)]
    [InlineData(258, 64, false, "linux/loong64", Verdict.Ok)]
    [InlineData(60000, 64, false, "linux/amd64", Verdict.Failure)]
    public async Task Class_byte_order_and_machine_decide(int machine, int bits, bool big, string node, Verdict verdict)
    {
        var format = await Read(ElfFile.Make((ushort)machine, bits, big));
        Assert.Null(format.Defect);
        Assert.Equal(verdict, format.RunsOn(Platform.Parse(node)).Verdict);
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
        var format = await Read(ElfFile.Make(8, bits, big, type: BinaryFormat.PositionIndependent, interpreter: "/lib/ld.so.1", interpreterAt: at));
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
        var format = await Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal((BinaryKind.Script, interpreter, argument), (format.Kind, format.Interpreter, format.Argument));
        Assert.Equal(interpreter is null, format.RunsOn(new Platform("linux", "arm64")).Verdict == Verdict.Failure);
    }

    [Fact]
    public async Task An_interpreter_beyond_what_the_kernel_reads_is_refused() =>
        Assert.NotNull((await Read(Encoding.UTF8.GetBytes("#!/" + new string('a', 300) + "\n"))).Defect);

    [Theory]
    [InlineData(0x8664, "windows/amd64", Verdict.Ok)]
    [InlineData(0xaa64, "windows/amd64", Verdict.Failure)]
    [InlineData(0x8664, "linux/amd64", Verdict.Failure)]
    public async Task A_windows_program_runs_on_its_machine(int machine, string node, Verdict verdict)
    {
        var bytes = new byte[0x90];
        "MZ"u8.CopyTo(bytes);
        bytes[0x3c] = 0x80;
        "PE\0\0"u8.CopyTo(bytes.AsSpan(0x80));
        (bytes[0x84], bytes[0x85]) = ((byte)machine, (byte)(machine >> 8));
        Assert.Equal(verdict, (await Read(bytes)).RunsOn(Platform.Parse(node)).Verdict);
    }

    [Theory]
    [InlineData("")]
    [InlineData("echo hello\n")]
    [InlineData("\u007fELF")]
    [InlineData("MZ")]
    public async Task What_no_kernel_takes_runs_nowhere(string text)
    {
        var format = await Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal(Verdict.Failure, format.RunsOn(new Platform("linux", "amd64")).Verdict);
        Assert.Equal(Verdict.Failure, format.RunsOn(new Platform("windows", "amd64")).Verdict);
    }

    [Theory]
    [InlineData(20, "its ELF header is cut off")]
    [InlineData(60, "its ELF header is cut off")]
    [InlineData(100, "its program headers lie beyond its end")]
    [InlineData(130, null)]
    public async Task A_cut_program_is_damaged(int length, string? defect)
    {
        var format = await Read(ElfFile.Make(62, interpreter: "/lib/ld.so.1")[..length]);
        Assert.Equal(defect, format.Defect);
        Assert.Equal((defect is null, null), (format.HasInterpreter, format.Interpreter));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task An_object_file_or_a_core_is_no_program(int type) =>
        Assert.Equal(Verdict.Failure, (await Read(ElfFile.Make(62, type: (ushort)type))).RunsOn(new Platform("linux", "amd64")).Verdict);

    [Fact]
    public void Garbage_is_read_without_an_exception()
    {
        var seeds = Gen.OneOf("\u007fELF\u0002\u0001\u0001", "\u007fELF\u0001\u0002", "MZ", "#!", "");
        Gen.Select(seeds, Gen.Byte.Array[0, 300]).Sample((seed, rest) => Survives([.. Encoding.Latin1.GetBytes(seed), .. rest]));
    }

    [Fact]
    public void A_program_with_any_bytes_changed_or_cut_is_read_without_an_exception()
    {
        var sound = Gen.OneOf(
            ElfFile.Make(183, type: 3, interpreter: "/lib/ld-linux-aarch64.so.1"), ElfFile.Make(8, bits: 32, big: true, interpreter: "/lib/ld.so.1"));
        Gen.Select(sound, Gen.Select(Gen.Int[0, 150], Gen.Byte).Array[1, 6], Gen.Int[0, 200]).Sample((elf, changes, length) =>
        {
            var bytes = elf.Take(length).ToArray();
            foreach (var (at, value) in changes)
                if (at < bytes.Length) bytes[at] = value;
            return Survives(bytes);
        });
    }

    private static bool Survives(byte[] bytes)
    {
        var format = Read(bytes).GetAwaiter().GetResult();
        return format.Noun.Length > 0 && format.RunsOn(new Platform("linux", "arm64")).Because is not null;
    }

    private static async Task<BinaryFormat> Read(byte[] bytes) => await BinaryFormat.ReadAsync(new MemoryStream(bytes), default);

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", ".."));
}
