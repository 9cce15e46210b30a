using System.Buffers.Binary;
using static Viaduct.Simulation.Tests.BinaryReads;

namespace Viaduct.Simulation.Tests;

/// <summary>The float ABI, and how the section is found that lies near the end of a file.</summary>
public sealed class ElfArmTests
{
    private const uint Hard = 0x05000400, Soft = 0x05000200, Silent = 0x05000002;

    [Theory]
    [InlineData(Hard, null, FloatAbi.Hard)]
    [InlineData(Soft, null, FloatAbi.Soft)]
    [InlineData(Silent, null, FloatAbi.Unknown)]
    [InlineData(Silent, 0, FloatAbi.Soft)]
    [InlineData(Silent, 1, FloatAbi.Hard)]
    [InlineData(Silent, 2, FloatAbi.Unknown)]
    [InlineData(Silent, 3, FloatAbi.Either)]
    [InlineData(Hard, 0, FloatAbi.Hard)]
    [InlineData(Soft, 1, FloatAbi.Soft)]
    [InlineData(Soft, 3, FloatAbi.Either)]
    [InlineData(0x04000400u, null, FloatAbi.Unknown)]
    [InlineData(0x04000000u, 1, FloatAbi.Hard)]
    public async Task Flags_come_before_attributes(uint flags, int? vfpArgs, FloatAbi expected)
    {
        var attributes = vfpArgs is null ? null : ElfParts.ArmAttributes(10, ElfParts.Application, vfpArgs);
        Assert.Equal(expected, (await ReadAsync(ElfFile.Make(40, bits: 32, flags: flags, attributes: attributes))).FloatAbi);
    }

    /// <summary>It passes no numbers to anything that is not of itself.</summary>
    [Theory]
    [InlineData(Hard)]
    [InlineData(Soft)]
    public async Task A_static_program_runs_whatever_its_float_abi(uint flags) =>
        Assert.Equal("ok -", (await ReadAsync(ElfFile.Make(40, bits: 32, flags: flags))).On("linux/arm/v7"));

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, 4090)]
    [InlineData(false, 16_380)]
    [InlineData(false, 65_530)]
    [InlineData(false, 16_384 - 1024)]
    [InlineData(false, 5_000_000)]
    public async Task Attributes_are_found_wherever_they_lie(bool big, int? at)
    {
        var attributes = ElfParts.ArmAttributes(10, ElfParts.Application, 1, big);
        var format = await ReadAsync(ElfFile.Make(40, bits: 32, big: big, interpreter: "/lib/ld-linux-armhf.so.3", flags: Silent, attributes: attributes, attributesAt: at));
        Assert.Equal((new ProcessorLevel(7, false), FloatAbi.Hard, "/lib/ld-linux-armhf.so.3"), (format.Level, format.FloatAbi, format.Interpreter));
    }

    [Fact]
    public async Task Every_place_in_a_window_is_as_good_as_another()
    {
        var attributes = ElfParts.ArmAttributes(6, null, 1);
        for (var at = 15_000; at < 17_500; at += 7)
            Assert.Equal(6, (await ReadAsync(ElfFile.Make(40, bits: 32, attributes: attributes, attributesAt: at))).Level?.Number);
    }

    /// <summary>A compiler has the words of the section in its data.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task What_only_looks_like_attributes_is_passed_over(int decoys)
    {
        var bytes = ElfFile.Make(40, bits: 32, attributes: ElfParts.ArmAttributes(6, null, 1), attributesAt: 50_000);
        var decoy = ElfParts.ArmAttributes(14, ElfParts.Application, 0);
        for (var i = 0; i < decoys; i++) decoy.CopyTo(bytes, 1000 + i * 1000);
        Assert.Equal((new ProcessorLevel(6, false), FloatAbi.Hard), await LevelAndAbi(bytes));
    }

    /// <summary>patchelf moves the section headers of programs at fixed addresses to their beginning.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(6000)]
    public async Task Section_headers_may_come_first(int table)
    {
        var bytes = ElfFile.Make(40, bits: 32, attributes: ElfParts.ArmAttributes(10, ElfParts.Application, 1), attributesAt: 90_000);
        bytes.AsSpan(^80..).CopyTo(bytes.AsSpan(table));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(32), table);
        Assert.Equal((new ProcessorLevel(7, false), FloatAbi.Hard), await LevelAndAbi(bytes[..^80]));
    }

    [Fact]
    public async Task A_program_without_section_headers_tells_nothing()
    {
        var bytes = ElfFile.Make(40, bits: 32, attributes: ElfParts.ArmAttributes(10, ElfParts.Application, 1));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(32), 0);
        Assert.Equal(((ProcessorLevel?)null, FloatAbi.Unknown), await LevelAndAbi(bytes));
    }

    [Fact]
    public async Task The_committed_pause_is_for_v6()
    {
        var format = await ReadAsync(await File.ReadAllBytesAsync(Committed("pause-arm")));
        Assert.Equal((new ProcessorLevel(6, false), FloatAbi.Soft), (format.Level, format.FloatAbi));
        Assert.Equal("warning processor-too-old", format.On("linux/arm/v5"));
    }

    private static async Task<(ProcessorLevel?, FloatAbi)> LevelAndAbi(byte[] bytes)
    {
        var format = await ReadAsync(bytes);
        Assert.Null(format.Defect);
        return (format.Level, format.FloatAbi);
    }
}
