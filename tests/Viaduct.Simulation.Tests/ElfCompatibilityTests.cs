using static Viaduct.Simulation.Tests.BinaryReads;

namespace Viaduct.Simulation.Tests;

/// <summary>Programs of another processor or ABI that a node may run nevertheless.</summary>
public sealed class ElfCompatibilityTests
{
    [Theory]
    [InlineData("386", "linux/amd64", true, "", "ok -")]
    [InlineData("386", "linux/amd64", false, "", "failure compatibility-mode")]
    [InlineData("386", "linux/amd64", null, "", "warning compatibility-mode")]
    [InlineData("386", "linux/amd64", null, "386", "warning emulated")]
    [InlineData("386", "linux/amd64", false, "386", "warning emulated")]
    [InlineData("386", "linux/386", false, "", "ok -")]
    [InlineData("386", "linux/arm64", true, "", "failure wrong-machine")]
    [InlineData("386", "linux/arm64", true, "386", "warning emulated")]
    [InlineData("arm", "linux/arm64", true, "", "ok -")]
    [InlineData("arm", "linux/arm64", false, "", "failure compatibility-mode")]
    [InlineData("arm", "linux/arm64", null, "", "warning compatibility-mode")]
    [InlineData("arm", "linux/arm64/v9", false, "arm", "warning emulated")]
    [InlineData("arm", "linux/amd64", true, "", "failure wrong-machine")]
    [InlineData("arm", "linux/amd64", true, "arm64,s390x", "failure wrong-machine")]
    [InlineData("arm", "linux/amd64", null, "arm64,arm", "warning emulated")]
    [InlineData("amd64", "linux/386", true, "", "failure wrong-machine")]
    [InlineData("amd64", "linux/amd64", null, "amd64", "ok -")]
    [InlineData("arm64", "linux/amd64", null, "arm64", "warning emulated")]
    [InlineData("arm64", "windows/amd64", null, "arm64", "failure wrong-system")]
    public async Task What_the_node_says_decides(string program, string node, bool? runs32Bit, string emulates, string expected)
    {
        var bytes = program switch { "386" => ElfFile.I386, "arm" => ElfFile.Arm, "arm64" => ElfFile.Arm64, _ => ElfFile.Amd64 };
        var machine = Node(node) with { Runs32Bit = runs32Bit, Emulates = emulates.Split(',', StringSplitOptions.RemoveEmptyEntries) };
        Assert.Equal(expected, (await ReadAsync(bytes)).On(machine));
    }

    [Theory]
    [InlineData(true, "warning compatibility-mode")]
    [InlineData(false, "warning compatibility-mode")]
    public async Task X32_is_not_what_a_node_calls_32_bit(bool runs32Bit, string expected) =>
        Assert.Equal(expected, (await ReadAsync(ElfFile.Make(62, bits: 32))).On(Node("linux/amd64") with { Runs32Bit = runs32Bit }));

    [Theory]
    [InlineData(40, 32, false, 0x0u, "linux/arm/v6", "warning other-abi")]
    [InlineData(40, 32, false, 0x0u, "linux/arm64", "failure other-abi")]
    [InlineData(40, 32, false, 0x04000000u, "linux/arm64", "warning compatibility-mode")]
    [InlineData(21, 64, false, 0x0u, "linux/ppc64le", "warning other-abi")]
    [InlineData(21, 64, false, 0x1u, "linux/ppc64le", "warning other-abi")]
    [InlineData(21, 64, false, 0x2u, "linux/ppc64le", "ok -")]
    [InlineData(21, 64, true, 0x1u, "linux/ppc64", "ok -")]
    [InlineData(21, 64, true, 0x2u, "linux/ppc64", "ok -")]
    [InlineData(8, 32, true, 0x20u, "linux/mips", "failure wrong-machine")]
    [InlineData(8, 32, true, 0x20u, "linux/mips64", "warning compatibility-mode")]
    [InlineData(8, 32, false, 0x20u, "linux/mips64le", "warning compatibility-mode")]
    [InlineData(8, 32, true, 0x1000u, "linux/mips", "ok -")]
    [InlineData(243, 64, false, 0x0u, "linux/riscv64", "ok -")]
    public async Task Flags_tell_of_other_ABIs(int machine, int bits, bool big, uint flags, string node, string expected) =>
        Assert.Equal(expected, (await ReadAsync(ElfFile.Make((ushort)machine, bits, big, flags: flags))).On(node));

    [Fact]
    public async Task An_emulator_runs_the_old_ABI_too() =>
        Assert.Equal("warning emulated", (await ReadAsync(ElfFile.Make(40, bits: 32, flags: 0))).On(Node("linux/arm64") with { Emulates = ["arm"] }));

    [Theory]
    [InlineData(0, "linux/amd64", "ok -")]
    [InlineData(3, "linux/amd64", "ok -")]
    [InlineData(9, "linux/amd64", "failure wrong-system")]
    [InlineData(12, "linux/amd64", "failure wrong-system")]
    [InlineData(2, "linux/amd64", "failure wrong-system")]
    [InlineData(9, "freebsd/amd64", "ok -")]
    public async Task The_system_that_a_program_names_is_the_nodes(int osAbi, string node, string expected) =>
        Assert.Equal(expected, (await ReadAsync(ElfFile.Make(62, osAbi: (byte)osAbi))).On(node));
}
