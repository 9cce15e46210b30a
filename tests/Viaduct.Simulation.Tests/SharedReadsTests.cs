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

    private async Task<RawManifest> ListAsync() =>
        List(("linux/amd64", await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/pause"] }, Program("pause", ElfFile.Amd64))));
}
