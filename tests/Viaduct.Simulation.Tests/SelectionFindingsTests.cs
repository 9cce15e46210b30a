using Viaduct.Oci;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>What is said about a choice, and about there being none.</summary>
public sealed class SelectionFindingsTests
{
    private readonly MemoryContent _content = new();
    private readonly PullSimulator _simulator = new();

    [Theory]
    // node, runtime, list: code and verdict
    [InlineData("linux/s390x", "containerd 2.1", "linux/amd64", "VF101", Verdict.Failure)]
    [InlineData("linux/arm/v7", "containerd 2.1", "linux/amd64 linux/arm/v6", "VF102", Verdict.Failure)]
    [InlineData("linux/amd64", "containerd 2.0", "linux/amd64 linux/amd64", "VF103", Verdict.Warning)]
    [InlineData("linux/amd64", "docker 28 store", "linux/arm64 none", "VF104", Verdict.Warning)]
    [InlineData("linux/amd64", "containerd 2.1", "linux/arm64 none", "VF104", Verdict.Failure)]
    [InlineData("linux/amd64", "containerd 2.1", "linux/amd64/v3", "VF106", Verdict.Failure)]
    [InlineData("linux/amd64/v3", "containerd 2.1", "linux/amd64/v3", "VF106", Verdict.Failure)]
    [InlineData("linux/amd64/v3", "docker 28", "linux/amd64/v3", "VF106", Verdict.Warning)]
    [InlineData("windows(10.0.20348)/amd64", "containerd 2.1", "windows(10.0.17763.1)/amd64 linux/amd64", "VF107", Verdict.Failure)]
    [InlineData("linux/amd64", "containerd 2.1", "linux/x86_64", "VF108", Verdict.Warning)]
    [InlineData("linux/amd64", "cri-o", "linux/x86_64", "VF108", Verdict.Failure)]
    [InlineData("linux/amd64", "containerd 2.1", "unknown/unknown", "VF110", Verdict.Failure)]
    [InlineData("linux/amd64/v3", "containerd 2.1", "linux/amd64/v3 linux/amd64", "VF113", Verdict.Warning)]
    public async Task A_choice_has_its_finding(string platform, string runtime, string list, string code, Verdict verdict)
    {
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/pause"] }, Program("pause", ElfFile.Amd64));
        var node = Node.Of(Platform.Parse(platform)) with { Runtime = Runtimes.Parse(runtime) };
        var pull = await _simulator.PullAsync(_content, List([.. list.Split(' ').Select(p => (p, image))]), "r.example/a:1", node, default);
        var finding = Assert.Single(pull.Findings, f => f.Kind.Code == code);
        Assert.Equal(verdict, finding.Verdict);
        Assert.Contains(node.Name, finding.Text);
        if (verdict == Verdict.Failure) Assert.Contains(pull.Selection!.Error!, finding.Text);
    }

    [Theory]
    [InlineData("containerd 2.0", "linux/386", "linux/386", Verdict.Warning)]
    [InlineData("containerd 2.1 local", "linux/386", "linux/386", Verdict.Warning)]
    [InlineData("containerd 2.1", "linux/386", "linux/386", Verdict.Failure)]
    [InlineData("docker 28", "linux/386", "linux/386", Verdict.Warning)]
    public async Task A_fall_back_is_a_warning_where_it_is_still_taken(string runtime, string entry, string config, Verdict verdict)
    {
        var image = await _content.ImageAsync(config, new ContainerConfig { Entrypoint = ["/pause"] }, Program("pause", ElfFile.I386));
        var node = Node.Of(Platform.Parse("linux/amd64")) with { Runtime = Runtimes.Parse(runtime), Runs32Bit = true };
        var pull = await _simulator.PullAsync(_content, List((entry, image)), node, default);
        Assert.Equal((verdict, "VF102"), (pull.Verdict, Assert.Single(pull.Findings).Kind.Code));
    }

    [Fact]
    public async Task A_list_in_a_list_is_refused_by_those_who_do()
    {
        var inner = List(("linux/amd64", await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/pause"] }, Program("pause", ElfFile.Amd64))));
        _content.Add(inner);
        var node = Node.Of(Platform.Parse("linux/amd64")) with { Runtime = Runtimes.Parse("cri-o") };
        var pull = await _simulator.PullAsync(_content, List(("linux/amd64", inner)), node, default);
        Assert.Equal("VF105", Assert.Single(pull.Findings).Kind.Code);
    }
}
