using System.Buffers.Binary;
using static Viaduct.Simulation.Tests.BinaryReads;

namespace Viaduct.Simulation.Tests;

/// <summary>What a kernel refuses of an ELF file, whatever it is for.</summary>
public sealed class ElfSoundnessTests
{
    private static readonly byte[] Sound = ElfFile.Make(62, interpreter: "/lib/ld.so.1");

    [Theory]
    [InlineData(20, "its ELF header is cut off")]
    [InlineData(60, "its ELF header is cut off")]
    [InlineData(150, "its program headers lie beyond its end")]
    [InlineData(200, null)]
    public async Task A_cut_program_is_damaged(int length, string? defect)
    {
        var format = await ReadAsync(Sound[..length]);
        Assert.Equal(defect, format.Defect);
        Assert.Equal((defect is null, null), (format.HasInterpreter, format.Interpreter));
    }

    [Theory]
    [InlineData(0, "ok -")]
    [InlineData(1, "failure damaged-program")]
    [InlineData(9, "failure damaged-program")]
    public async Task Where_the_length_is_known_a_cut_shows_behind_the_headers_too(int missing, string expected) =>
        Assert.Equal(expected, (await ReadAsync(Sound[..^missing], Sound.Length - missing)).On("linux/amd64"));

    [Theory]
    [InlineData(0, Verdict.Failure)]
    [InlineData(1, Verdict.Failure)]
    [InlineData(2, Verdict.Ok)]
    [InlineData(3, Verdict.Ok)]
    [InlineData(4, Verdict.Failure)]
    public async Task Only_two_types_are_programs(int type, Verdict verdict) =>
        Assert.Equal(verdict, (await ReadAsync(ElfFile.Make(62, type: (ushort)type))).RunsOn(Node("linux/amd64")).Verdict);

    [Theory]
    [InlineData(2, null, null, "ok -")]
    [InlineData(3, null, null, "ok -")]
    [InlineData(3, 0, null, "failure damaged-program")]
    [InlineData(3, 0, "/lib/ld.so.1", "ok -")]
    [InlineData(2, 0, null, "failure damaged-program")]
    [InlineData(2, 0x7fff0000, null, "failure damaged-program")]
    [InlineData(2, 0x1ffff, null, "ok -")]
    [InlineData(2, 0x20000, null, "failure damaged-program")]
    public async Task A_program_has_its_first_instruction(int type, int? entry, string? interpreter, string expected) =>
        Assert.Equal(expected, (await ReadAsync(ElfFile.Make(62, type: (ushort)type, entry: (ulong?)entry, interpreter: interpreter))).On("linux/amd64"));

    [Theory]
    [InlineData(56, 2, true)]
    [InlineData(32, 2, false)]
    [InlineData(57, 2, false)]
    [InlineData(0, 2, false)]
    [InlineData(56, 0, false)]
    [InlineData(56, 74, false)]
    [InlineData(56, 65535, false)]
    public async Task Program_headers_have_one_size_and_fill_a_page_at_most(int size, int count, bool runs)
    {
        var bytes = new byte[65536 * 60];
        Sound.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(54), (ushort)size);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(56), (ushort)count);
        Assert.Equal(runs, (await ReadAsync(bytes)).RunsOn(Node("linux/amd64")).Verdict == Verdict.Ok);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(13, true)]
    [InlineData(12, false)]
    [InlineData(4097, false)]
    [InlineData(0xffffffffffffffff, false)]
    public async Task The_name_of_the_loader_has_a_length_and_an_end(ulong length, bool sound)
    {
        var bytes = Sound.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(64 + 56 + 32), length);
        Assert.Equal(sound, (await ReadAsync(bytes)).Defect is null);
    }

    [Fact]
    public async Task Nothing_to_load_is_no_program()
    {
        var bytes = Sound.ToArray();
        bytes[64] = 6;
        Assert.Equal("failure damaged-program", (await ReadAsync(bytes)).On("linux/amd64"));
    }

    /// <summary>objcopy --only-keep-debug leaves the headers and takes the content away.</summary>
    [Fact]
    public async Task A_file_of_debug_symbols_is_no_program()
    {
        var bytes = ElfFile.Make(62);
        bytes.AsSpan(64 + 32, 8).Clear();
        Assert.Equal("failure damaged-program", (await ReadAsync(bytes)).On("linux/amd64"));
    }

    [Fact]
    public async Task A_program_that_needs_no_more_is_not_read_beyond_its_first_page()
    {
        byte[] large = [.. Sound, .. new byte[1 << 20]];
        var stream = new BinaryPieces(large);
        Assert.Equal("/lib/ld.so.1", (await BinaryFormat.ReadAsync(stream, default)).Interpreter);
        Assert.Equal(4096, stream.Taken);
    }
}
