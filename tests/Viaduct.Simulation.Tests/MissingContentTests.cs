using Viaduct.Oci;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>What is named and not there fails the node that needs it, and never the simulation.</summary>
public sealed class MissingContentTests
{
    private static readonly ContainerConfig Pause = new() { Entrypoint = ["/pause"] };

    private readonly MemoryContent _content = new();
    private readonly PullSimulator _simulator = new();

    [Theory]
    [InlineData("config")]
    [InlineData("layer")]
    public async Task A_blob_that_is_not_there_fails_and_is_named_with_the_node(string which)
    {
        var image = await Image("linux/arm64", ElfFile.Arm64);
        var blob = which == "config" ? image.AsImage().Config : image.AsImage().Layers[0];
        _content.Remove(blob.Digest);
        var pull = await Pull(List(("linux/arm64", image)), "linux/arm64");
        Assert.Equal(Verdict.Failure, pull.Verdict);
        var finding = Assert.Single(pull.Findings).Text;
        Assert.Equal("VF111", pull.Findings[0].Kind.Code);
        Assert.StartsWith("node linux/arm64 would pull", finding);
        Assert.Contains($"{blob.Digest}: not found", finding);
    }

    [Fact]
    public async Task A_layer_that_is_not_there_fails_though_the_image_starts_nothing()
    {
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig(), Program("file", ElfFile.Amd64));
        Assert.Equal(Verdict.Warning, (await new PullSimulator().PullAsync(_content, image, Node.Of(Platform.Parse("linux/amd64")), default)).Verdict);
        _content.Remove(image.AsImage().Layers[0].Digest);
        Assert.Equal(Verdict.Failure, (await Pull(image, "linux/amd64")).Verdict);
    }

    [Fact]
    public async Task A_layer_that_is_there_and_is_another_is_unusable()
    {
        var image = await Image("linux/amd64", ElfFile.Amd64);
        var layer = image.AsImage().Layers[0].Digest;
        _content.Replace(layer, [.. _content.Bytes(layer)[..^1], 1]);
        Assert.Equal("VF402", Assert.Single((await Pull(image, "linux/amd64")).Findings).Kind.Code);
    }

    [Theory]
    [InlineData("VIA3012", FailureKind.Absent, true)]
    [InlineData("VIA3030", FailureKind.Mismatch, true)]
    [InlineData("VIA1012", FailureKind.Mismatch, true)]
    [InlineData("VIA1010", FailureKind.Other, true)]
    [InlineData("VIA1032", FailureKind.Absent, true)]
    [InlineData("VIA3001", FailureKind.Unreachable, false)]
    [InlineData("VIA3010", FailureKind.Denied, false)]
    [InlineData("VIA3014", FailureKind.Failed, false)]
    [InlineData("VIA3020", FailureKind.Protocol, false)]
    public async Task A_manifest_that_is_wrong_fails_and_a_registry_that_does_not_answer_is_an_error(string code, FailureKind kind, bool content)
    {
        var list = List(("linux/amd64", await Image("linux/amd64", ElfFile.Amd64)));
        _content.Delay = _ => throw new ViaductException(code, "it went wrong", "GET there") { Kind = kind };
        if (content)
            Assert.Contains("GET there: it went wrong", (await Pull(list, "linux/amd64")).Findings[^1].Text);
        else
            Assert.Equal(code, (await Assert.ThrowsAsync<ViaductException>(() => Pull(list, "linux/amd64"))).Code);
    }

    private Task<RawManifest> Image(string config, byte[] program) => _content.ImageAsync(config, Pause, Program("pause", program));

    private Task<SimulatedPull> Pull(RawManifest manifest, string node) => _simulator.PullAsync(_content, manifest, Node.Of(Platform.Parse(node)), default);
}
