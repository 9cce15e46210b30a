using static Viaduct.Simulation.Tests.BinaryReads;

namespace Viaduct.Simulation.Tests;

/// <summary>The processor that a program says it needs, against the one that the node has.</summary>
public sealed class ElfLevelTests
{
    [Theory]
    [InlineData(0, "linux/amd64", "ok -")]
    [InlineData(0b0001, "linux/amd64", "ok -")]
    [InlineData(0b0001, "linux/amd64/v1", "ok -")]
    [InlineData(0b0011, "linux/amd64", "warning processor-too-old")]
    [InlineData(0b0011, "linux/amd64/v1", "failure processor-too-old")]
    [InlineData(0b0010, "linux/amd64/v2", "ok -")]
    [InlineData(0b0111, "linux/amd64/v2", "failure processor-too-old")]
    [InlineData(0b0101, "linux/amd64/v3", "ok -")]
    [InlineData(0b1000, "linux/amd64/v3", "failure processor-too-old")]
    [InlineData(0b1111, "linux/x86_64/V4", "ok -")]
    [InlineData(0b1111, "linux/amd64/other", "warning processor-too-old")]
    [InlineData(0b10000, "linux/amd64/v1", "ok -")]
    [InlineData(0b0111, "linux/arm64", "failure wrong-machine")]
    public async Task Of_amd64(uint needed, string node, string expected) =>
        Assert.Equal(expected, (await ReadAsync(ElfFile.Make(62, note: ElfParts.Properties(needed)))).On(node));

    [Theory]
    [InlineData(null)]
    [InlineData(234)]
    [InlineData(9000)]
    public async Task The_note_is_read_on_either_side_of_the_loaders_name(int? nameAt)
    {
        var format = await ReadAsync(ElfFile.Make(62, note: ElfParts.Properties(0b0100), interpreter: "/lib/ld.so", interpreterAt: nameAt));
        Assert.Equal((new ProcessorLevel(3, true), "/lib/ld.so"), (format.Level, format.Interpreter));
    }

    [Fact]
    public async Task The_note_of_a_32_bit_program_is_packed_closer()
    {
        var format = await ReadAsync(ElfFile.Make(3, bits: 32, note: ElfParts.Properties(0b0100, bits: 32)));
        Assert.Equal("warning processor-too-old", format.On("linux/386"));
        Assert.Equal("failure processor-too-old", format.On("linux/amd64/v2"));
        Assert.Equal("warning compatibility-mode", format.On("linux/amd64/v3"));
    }

    /// <summary>A program for v7 may be without what v6 has not, unless it starts in Thumb.</summary>
    [Theory]
    [InlineData(4, null, false, "linux/arm/v5", "ok -")]
    [InlineData(5, null, false, "linux/arm/v5", "ok -")]
    [InlineData(6, null, false, "linux/arm/v5", "warning processor-too-old")]
    [InlineData(6, null, true, "linux/arm/v5", "warning processor-too-old")]
    [InlineData(6, null, false, "linux/arm/v6", "ok -")]
    [InlineData(7, null, false, "linux/arm/v6", "ok -")]
    [InlineData(9, null, false, "linux/arm/v6", "ok -")]
    [InlineData(8, null, true, "linux/arm/v6", "warning processor-too-old")]
    [InlineData(10, 'A', true, "linux/arm/v6", "failure processor-too-old")]
    [InlineData(10, 'A', false, "linux/arm/v6", "warning processor-too-old")]
    [InlineData(10, 'A', true, "linux/armel", "failure processor-too-old")]
    [InlineData(10, 'A', true, "linux/arm/v5", "failure processor-too-old")]
    [InlineData(10, 'A', true, "linux/arm/v7", "ok -")]
    [InlineData(10, 'A', true, "linux/arm", "ok -")]
    [InlineData(10, 'A', true, "linux/arm/v8", "ok -")]
    [InlineData(10, null, true, "linux/arm/v6", "warning processor-too-old")]
    [InlineData(10, 'M', true, "linux/arm/v6", "warning processor-too-old")]
    [InlineData(13, 'M', true, "linux/arm/v6", "ok -")]
    [InlineData(14, 'A', true, "linux/arm/v7", "warning processor-too-old")]
    [InlineData(14, 'A', true, "linux/arm", "warning processor-too-old")]
    [InlineData(22, 'A', true, "linux/arm/v8", "ok -")]
    [InlineData(22, 'A', true, "linux/arm/strange", "ok -")]
    [InlineData(99, 'A', true, "linux/arm/v5", "ok -")]
    [InlineData(null, null, true, "linux/arm/v5", "ok -")]
    [InlineData(10, 'A', true, "linux/arm64", "warning compatibility-mode")]
    public async Task Of_arm(int? arch, char? profile, bool thumb, string node, string expected)
    {
        var bytes = ElfFile.Make(40, bits: 32, attributes: ElfParts.ArmAttributes(arch, profile));
        if (thumb) bytes[24] |= 1;
        Assert.Equal(expected, (await ReadAsync(bytes)).On(node));
    }

    /// <summary>As of Go and of hand-written code.</summary>
    [Theory]
    [InlineData("linux/arm/v5")]
    [InlineData("linux/arm/v7")]
    public async Task Nothing_is_said_of_arm_without_attributes(string node)
    {
        var format = await ReadAsync(ElfFile.Make(40, bits: 32, flags: 0x05000002));
        Assert.Equal((null, FloatAbi.Unknown, "ok -"), (format.Level, format.FloatAbi, format.On(node)));
    }
}
