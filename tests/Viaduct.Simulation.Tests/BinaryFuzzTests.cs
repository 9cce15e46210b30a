using Viaduct.Oci;
using static Viaduct.Simulation.Tests.BinaryReads;

namespace Viaduct.Simulation.Tests;

/// <summary>Spoiled programs: something is said of each, nothing is thrown, and none takes more memory than the largest tables that are read.</summary>
public sealed class BinaryFuzzTests
{
    private const int Files = 12_000;

    /// <summary>64 KiB of program headers, and what pieces are kept beside them; and a test's own stream.</summary>
    private const long MostAllocated = 192 << 10;

    private static readonly Node[] Nodes =
        [.. new[] { "linux/amd64/v2", "linux/arm64", "linux/arm/v6", "linux/ppc64le", "linux/s390x", "linux/riscv64", "linux/mips64", "windows(10.0.20348)/amd64", "windows/arm64", "darwin/arm64" }.Select(p => Node(p))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Spoiled_programs_are_read_without_an_exception_and_in_little_memory(int seed)
    {
        var mutation = new BinaryMutation(seed);
        var previous = Read([], null);
        for (var i = 0; i < Files; i++)
        {
            var bytes = mutation.Next();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var format = Read(bytes, i % 2 == 0 ? bytes.Length : null);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostAllocated, $"file {i} of seed {seed}: {allocated} bytes");
            Judge(format);
            Assert.NotNull(format.Accepts(previous).Because);
            previous = format;
        }
    }

    /// <summary>What is far away is not fetched at any price, and a stream that never ends is left.</summary>
    [Theory]
    [InlineData(62, 64)]
    [InlineData(40, 32)]
    public async Task What_lies_beyond_any_program_is_not_read(int machine, int bits)
    {
        var bytes = ElfFile.Make((ushort)machine, bits, type: 3, interpreter: "/lib/ld.so", attributes: bits == 32 ? ElfParts.ArmAttributes(10) : null);
        var (entry, section) = bits == 64 ? (64 + 56 + 8, 40) : (52 + 32 + 4, 32);
        for (var i = 0; i < 4; i++) bytes[entry + i] = bytes[section + i] = 0xf0;
        using var endless = new BinaryEndless(bytes);
        var format = await BinaryFormat.ReadAsync(endless, default);
        Assert.Equal((true, (string?)null), (format.HasInterpreter, format.Interpreter));
        Assert.InRange(endless.Taken, 4096, 512 << 20);
    }

    private static BinaryFormat Read(byte[] bytes, long? length)
    {
        var reading = BinaryFormat.ReadAsync(new BinaryPieces(bytes), length, default);
        Assert.True(reading.IsCompleted);
        return reading.GetAwaiter().GetResult();
    }

    private static void Judge(BinaryFormat format)
    {
        Assert.NotEmpty(format.Noun);
        foreach (var node in Nodes)
        {
            var run = format.RunsOn(node);
            Assert.Equal(run.Verdict == Verdict.Ok, run.Because.Length == 0);
            Assert.Equal(run.Verdict == Verdict.Ok, run.Kind is null);
            Assert.NotNull(format.MachineOn(node).Because);
            if (format.Defect is not null) Assert.Equal(Verdict.Failure, run.Verdict);
        }
    }
}
