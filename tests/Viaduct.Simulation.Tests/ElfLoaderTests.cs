using System.Text;
using static Viaduct.Simulation.Tests.BinaryReads;

namespace Viaduct.Simulation.Tests;

/// <summary>A program and the dynamic loader that it names.</summary>
public sealed class ElfLoaderTests
{
    private const uint Hard = 0x05000400, Soft = 0x05000200, Silent = 0x05000002;

    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["amd64"] = Program(62),
        ["x32"] = Program(62, bits: 32),
        ["386"] = Program(3, bits: 32),
        ["486"] = Program(6, bits: 32),
        ["arm64"] = Program(183),
        ["armhf"] = Program(40, bits: 32, flags: Hard),
        ["armel"] = Program(40, bits: 32, flags: Soft),
        ["arm"] = Program(40, bits: 32, flags: Silent),
        ["armbe"] = Program(40, bits: 32, big: true, flags: Hard),
        ["lp64d"] = Program(243, flags: 5),
        ["lp64"] = Program(243, flags: 1),
        ["n32"] = Program(8, bits: 32, flags: 0x20),
        ["o32"] = Program(8, bits: 32, flags: 0),
        ["library"] = ElfFile.Make(62, type: 3, entry: 0),
        ["object"] = ElfFile.Make(62, type: 1),
        ["cut"] = ElfFile.Make(62, type: 3)[..100],
        ["script"] = Encoding.UTF8.GetBytes("#!/bin/sh\n"),
        ["text"] = Encoding.UTF8.GetBytes("lib64/ld-linux-x86-64.so.2"),
        ["windows"] = PeFile.Make(),
    };

    [Theory]
    [InlineData("amd64", "amd64", "ok -")]
    [InlineData("amd64", "x32", "failure loader-disagrees")]
    [InlineData("amd64", "386", "failure loader-disagrees")]
    [InlineData("amd64", "arm64", "failure loader-disagrees")]
    [InlineData("amd64", "library", "failure loader-disagrees")]
    [InlineData("amd64", "object", "failure loader-disagrees")]
    [InlineData("amd64", "cut", "failure loader-disagrees")]
    [InlineData("amd64", "script", "failure loader-disagrees")]
    [InlineData("amd64", "text", "failure loader-disagrees")]
    [InlineData("amd64", "windows", "failure loader-disagrees")]
    [InlineData("386", "386", "ok -")]
    [InlineData("armhf", "armhf", "ok -")]
    [InlineData("armel", "armel", "ok -")]
    [InlineData("armel", "armhf", "warning float-abi")]
    [InlineData("armhf", "armel", "warning float-abi")]
    [InlineData("arm", "armhf", "ok -")]
    [InlineData("armhf", "arm", "ok -")]
    [InlineData("armhf", "armbe", "failure loader-disagrees")]
    [InlineData("armhf", "arm64", "failure loader-disagrees")]
    [InlineData("lp64d", "lp64d", "ok -")]
    [InlineData("lp64d", "lp64", "warning float-abi")]
    [InlineData("n32", "o32", "failure loader-disagrees")]
    public async Task The_loader_is_for_what_the_program_is_for(string program, string loader, string expected)
    {
        var run = (await ReadAsync(Files[program])).Accepts(await ReadAsync(Files[loader]));
        Assert.Equal(expected, $"{run.Verdict.Word()} {run.Kind?.Name ?? "-"}");
        Assert.Equal(run.Verdict == Verdict.Ok, run.Because.Length == 0);
    }

    [Fact]
    public async Task The_clause_goes_on_after_the_loaders_name() =>
        Assert.Equal("is an ARM64 binary", (await ReadAsync(Files["amd64"])).Accepts(await ReadAsync(Files["arm64"])).Because);

    private static byte[] Program(ushort machine, int bits = 64, bool big = false, uint? flags = null) =>
        ElfFile.Make(machine, bits, big, type: 3, flags: flags, interpreter: "/lib/ld.so");
}
