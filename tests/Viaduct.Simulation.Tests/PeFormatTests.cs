using static Viaduct.Simulation.Tests.BinaryReads;

namespace Viaduct.Simulation.Tests;

/// <summary>Windows executables.</summary>
public sealed class PeFormatTests
{
    [Theory]
    [InlineData(0x8664, "windows/amd64", "ok -")]
    [InlineData(0xaa64, "windows/arm64", "ok -")]
    [InlineData(0xaa64, "windows/amd64", "failure wrong-machine")]
    [InlineData(0x8664, "linux/amd64", "failure wrong-system")]
    [InlineData(0x8664, "windows/arm64", "warning emulated")]
    [InlineData(0x8664, "windows(10.0.26100.1)/arm64", "warning emulated")]
    [InlineData(0x8664, "windows(10.0.17763)/arm64", "failure wrong-machine")]
    [InlineData(0x014c, "windows/amd64", "warning compatibility-mode")]
    [InlineData(0x014c, "windows/arm64", "warning emulated")]
    [InlineData(0x014c, "windows/386", "ok -")]
    [InlineData(0x8664, "windows/386", "failure wrong-machine")]
    [InlineData(0x01c4, "windows/arm64", "warning compatibility-mode")]
    [InlineData(0x01c4, "windows(10.0.26100)/arm64", "failure wrong-machine")]
    [InlineData(0x01c4, "windows/amd64", "failure wrong-machine")]
    [InlineData(0x0200, "windows/amd64", "failure wrong-machine")]
    public async Task A_program_runs_on_its_machine_and_where_Windows_has_another(int machine, string node, string expected) =>
        Assert.Equal(expected, (await ReadAsync(PeFile.Make((ushort)machine))).On(node));

    [Theory]
    [InlineData(true, "ok -")]
    [InlineData(false, "failure compatibility-mode")]
    [InlineData(null, "warning compatibility-mode")]
    public async Task A_node_may_say_that_it_has_WOW64(bool? runs32Bit, string expected) =>
        Assert.Equal(expected, (await ReadAsync(PeFile.Make(0x14c))).On(Node("windows/amd64") with { Runs32Bit = runs32Bit }));

    [Theory]
    [InlineData(0x14c, 0x1u, "ok -", "ok -")]
    [InlineData(0x14c, 0x20003u, "ok -", "ok -")]
    [InlineData(0x14c, 0x3u, "warning compatibility-mode", "warning emulated")]
    [InlineData(0x14c, 0x0u, "warning compatibility-mode", "warning emulated")]
    [InlineData(0x8664, 0x1u, "ok -", "warning emulated")]
    public async Task Code_of_DotNET_alone_runs_on_any_processor(int machine, uint flags, string amd64, string arm64)
    {
        var format = await ReadAsync(PeFile.Make((ushort)machine, clr: flags));
        Assert.Equal((amd64, arm64), (format.On("windows/amd64"), format.On("windows/arm64")));
    }

    [Theory]
    [InlineData(0x8664, false, "warning wrong-machine", "ok -")]
    [InlineData(0xaa64, false, "failure wrong-machine", "ok -")]
    [InlineData(0x8664, true, "warning wrong-machine", "ok -")]
    public async Task ARM64EC_runs_on_ARM64(int machine, bool configFirst, string amd64, string arm64)
    {
        var format = await ReadAsync(PeFile.Make((ushort)machine, chpe: true, clr: 0, configFirst: configFirst));
        Assert.True(format.IsHybrid);
        Assert.Equal((amd64, arm64), (format.On("windows/amd64"), format.On("windows/arm64")));
    }

    [Theory]
    [InlineData(3, 0x22, null, "ok -")]
    [InlineData(2, 0x22, null, "ok -")]
    [InlineData(1, 0x22, null, "failure damaged-program")]
    [InlineData(10, 0x22, null, "failure damaged-program")]
    [InlineData(0, 0x22, null, "failure damaged-program")]
    [InlineData(3, 0x2022, null, "failure damaged-program")]
    [InlineData(3, 0x20, null, "failure damaged-program")]
    [InlineData(3, 0x22, 0x10b, "failure damaged-program")]
    [InlineData(3, 0x22, 0x107, "failure damaged-program")]
    public async Task A_library_or_a_driver_is_no_program(int subsystem, int characteristics, int? magic, string expected) =>
        Assert.Equal(expected, (await ReadAsync(PeFile.Make(subsystem: (ushort)subsystem, characteristics: (ushort)characteristics, magic: magic))).On("windows/amd64"));

    [Theory]
    [InlineData(0x40)]
    [InlineData(0x90)]
    [InlineData(0x100)]
    public async Task A_cut_program_is_damaged(int length) =>
        Assert.Equal("failure damaged-program", (await ReadAsync(PeFile.Make()[..length])).On("windows/amd64"));
}
