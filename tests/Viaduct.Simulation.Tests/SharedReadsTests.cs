using Viaduct.Oci;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

public sealed class SharedReadsTests
{
    private static readonly Platform[] Nodes = [.. Enumerable.Range(0, 50).Select(_ => new Platform("linux", "amd64"))];

    private readonly MemoryContent _content = new();
    private readonly PullSimulator _simulator = new();

    [Fact]
    public async Task Many_nodes_at_once_read_an_image_once()
    {
        var list = await ListAsync();
        await _simulator.PullAsync(_content, list, Node.Of(Nodes[0]), default);
        var once = _content.Reads;

        var (many, before) = (new PullSimulator(), _content.Reads);
        var pulls = await Task.WhenAll(Nodes.Select(n => many.PullAsync(_content, list, Node.Of(n), default)));
        Assert.All(pulls, p => Assert.Equal(Verdict.Ok, p.Verdict));
        Assert.Equal(once, _content.Reads - before);
    }

    [Fact]
    public async Task Another_source_is_asked_itself()
    {
        var list = await ListAsync();
        Assert.Equal(Verdict.Ok, (await _simulator.PullAsync(_content, list, Node.Of(Nodes[0]), default)).Verdict);
        Assert.Equal(Verdict.Failure, (await _simulator.PullAsync(new MemoryContent(), list, Node.Of(Nodes[0]), default)).Verdict);
    }

    /// <summary>That each source has the layer is for a verifier to ask.</summary>
    [Fact]
    public async Task A_layer_that_was_read_answers_for_other_sources_too()
    {
        var (list, other, layer) = await WithoutItsLayerAsync();
        Assert.Equal(Verdict.Ok, (await _simulator.PullAsync(_content, list, Node.Of(Nodes[0]), default)).Verdict);
        Assert.Equal(Verdict.Ok, (await _simulator.PullAsync(other, list, Node.Of(Nodes[0]), default)).Verdict);
        Assert.DoesNotContain(layer, other.Opened);
    }

    [Fact]
    public async Task What_one_source_lacks_fails_no_other_that_reads_beside_it()
    {
        var (list, other, _) = await WithoutItsLayerAsync();
        var gate = new TaskCompletionSource();
        _content.Delay = other.Delay = ct => gate.Task.WaitAsync(ct);
        var (lacking, sound) = (_simulator.PullAsync(other, list, Node.Of(Nodes[0]), default), _simulator.PullAsync(_content, list, Node.Of(Nodes[0]), default));
        gate.SetResult();
        Assert.Equal(Verdict.Ok, (await sound).Verdict);
        await lacking;
    }

    [Fact]
    public async Task What_one_source_lacked_is_read_from_the_next()
    {
        var (list, other, _) = await WithoutItsLayerAsync();
        Assert.Equal("VF111", Assert.Single((await _simulator.PullAsync(other, list, Node.Of(Nodes[0]), default)).Findings).Kind.Code);
        Assert.Equal(Verdict.Ok, (await _simulator.PullAsync(_content, list, Node.Of(Nodes[0]), default)).Verdict);
    }

    [Fact]
    public async Task One_that_is_cancelled_does_not_fail_the_others()
    {
        var list = await ListAsync();
        var gate = new TaskCompletionSource();
        _content.Delay = ct => gate.Task.WaitAsync(ct);
        using var cancel = new CancellationTokenSource();
        var first = _simulator.PullAsync(_content, list, Node.Of(Nodes[0]), cancel.Token);
        var second = _simulator.PullAsync(_content, list, Node.Of(Nodes[1]), default);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.Equal(Verdict.Ok, (await second).Verdict);
    }

    [Fact]
    public async Task A_source_that_fails_is_an_error_and_is_asked_again()
    {
        var list = await ListAsync();
        _content.Delay = _ => throw new ViaductException("VIA3001", "not reachable");
        Assert.Equal("VIA3001", (await Assert.ThrowsAsync<ViaductException>(() => _simulator.PullAsync(_content, list, Node.Of(Nodes[0]), default))).Code);
        _content.Delay = _ => Task.CompletedTask;
        Assert.Equal(Verdict.Ok, (await _simulator.PullAsync(_content, list, Node.Of(Nodes[0]), default)).Verdict);
    }

    /// <summary>A list, and a second source that has all of it but the layer.</summary>
    private async Task<(RawManifest List, MemoryContent Other, Digest Layer)> WithoutItsLayerAsync()
    {
        var (list, other) = (await ListAsync(), new MemoryContent());
        var copy = await ImageAsync(other);
        var layer = copy.AsImage().Layers[0].Digest;
        other.Remove(layer);
        return (list, other, layer);
    }

    private async Task<RawManifest> ListAsync() => List(("linux/amd64", await ImageAsync(_content)));

    private static Task<RawManifest> ImageAsync(MemoryContent content) =>
        content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/pause"] }, Program("pause", ElfFile.Amd64));
}
