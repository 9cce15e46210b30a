using System.Text;

namespace Viaduct.Cli.Tests;

/// <summary>What the options of simulate and whatif say together, and that none of them says nothing.</summary>
public sealed class NodeOptionTests : IDisposable
{
    private readonly Place _place = new Place().Program("app", "linux/amd64, linux/arm/v6", ("amd64", "amd64"), ("armv6", "arm"));

    private string App => $"{_place.Registry}/app:latest";

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("VIA9001", "simulate", "--nodes", "all", "--as", "containerd 2.1")]
    [InlineData("VIA9001", "simulate", "x", "--nodes", "all", "--platform", "linux/amd64")]
    [InlineData("VIA9001", "simulate", "--nodes", "all", "--platform", "linux/amd64")]
    [InlineData("VIA9001", "simulate", "x", "--registry", "r.example")]
    [InlineData("VIA9001", "simulate", "x", "--tag", "1")]
    [InlineData("VIA9001", "simulate", "x", "--command", "")]
    [InlineData("VIA6004", "simulate", "x", "--as", "containerd 2.0,containerd 2.1")]
    [InlineData("VIA9001", "whatif", "x", "--nodes", "all", "--runtime-then", "docker", "--platform", "linux/amd64")]
    [InlineData("VIA9001", "whatif", "x", "--nodes", "all", "--runtime-then", "docker", "--registry", "r.example")]
    [InlineData("VIA9001", "whatif", "x", "--nodes", "all", "--runtime-then", "docker", "--tag", "1")]
    [InlineData("VIA9001", "simulate", "oci:out:app:1")]
    [InlineData("VIA9001", "whatif", "oci:out", "--nodes", "all", "--runtime-then", "docker")]
    [InlineData("VIA2001", "simulate", "x", "--nodes", "images")]
    [InlineData("VIA9001", "simulate", "--as", "crane")]
    [InlineData("VIA9033", "simulate", "--nodes", "-", "--nodes", "-")]
    [InlineData("VIA6013", "simulate", "--nodes", "kubernets")]
    [InlineData("VIA9001", "whatif", "--nodes", "all")]
    [InlineData("VIA9001", "whatif", "--nodes", "all", "--nodes-then", "all", "--runtime-then", "containerd 2.1")]
    [InlineData("VIA9001", "whatif", "--nodes-then", "all")]
    [InlineData("VIA9034", "whatif", "--nodes", "kubernetes", "--nodes-then", "eks")]
    [InlineData("VIA9033", "whatif", "--nodes", "-", "--nodes-then", "-")]
    public async Task Words_that_contradict_each_other_are_refused(string code, params string[] words)
    {
        var outcome = await _place.RunAsync(words);
        Assert.Equal(2, outcome.Exit);
        Assert.Contains($"error {code}: ", outcome.Error);
    }

    [Fact]
    public async Task Variables_speak_of_the_set_and_not_of_references()
    {
        await _place.RunAsync("push");
        var plain = await _place.RunAsync("simulate", App);
        Assert.Equal(plain.Output, (await _place.With("VIADUCT_PLATFORM", "linux/amd64").RunAsync("simulate", App)).Output);
        Assert.Matches("linux/amd64(?s:.)*linux/arm/v6", plain.Output);
        Assert.DoesNotContain("linux/arm", (await _place.RunAsync("simulate")).Output);
        Assert.Equal("", (await _place.With("VIADUCT_PLATFORM", "junk").With("VIADUCT_TAG", "-").RunAsync("simulate", App, "--nodes", "kubernetes")).Error);
    }

    [Theory]
    [InlineData("", "VIA6016: standard input: it is empty\n  Did the command before the pipe fail?")]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[]}", "VIA6016: standard input: no node is described here\n  kubectl listed none: look at its context")]
    [InlineData("\0", "VIA2003: standard input: is larger than any configuration should be: more than 1048576 bytes\n  A nodes.yaml may have that many; what 'kubectl get nodes -o json' prints, 256 MiB")]
    public async Task Nodes_that_do_not_come_are_told_with_what_to_do(string text, string error)
    {
        _place.Input = text == "\0" ? new byte[2 << 20] : Encoding.UTF8.GetBytes(text);
        Assert.StartsWith($"error {error}", (await _place.RunAsync("simulate", App, "--nodes", "-")).Error);
    }

    [Fact]
    public async Task What_had_to_be_assumed_of_a_set_is_told_once()
    {
        await _place.RunAsync("push");
        var notes = (await _place.RunAsync("simulate", App, "--nodes", "eks", "--nodes", "eks")).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(notes);
        Assert.Equal(notes.Distinct(), notes);
    }

    [Fact]
    public async Task A_runtime_that_runs_no_pods_is_not_offered_for_nodes()
    {
        var outcome = await _place.RunAsync("simulate", App, "--as", "containers 2");
        Assert.Contains("--as takes one runtime, which runs pods: containerd 1.6", outcome.Error);
        Assert.DoesNotContain("crane", outcome.Error);
    }
}
