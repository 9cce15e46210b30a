using Viaduct.Oci.Layers;

namespace Viaduct.Build.Tests;

/// <summary>Much of everything: files, zeros, lines of one instruction.</summary>
public sealed class Large_inputs : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_hundred_thousand_small_files_become_one_layer()
    {
        for (var folder = 0; folder < 100; folder++)
        {
            var path = Directory.CreateDirectory(Path.Combine(_workspace.Root, $"d/{folder}")).FullName;
            for (var file = 0; file < 1_000; file++) File.WriteAllBytes(Path.Combine(path, $"{file}"), []);
        }
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var image = await _workspace.BuildAsync("FROM scratch\nCOPY d /d").WaitAsync(Patience);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 256 << 20);
        var entries = 0;
        await foreach (var _ in LayerReader.ReadAsync(image.Blobs[1], CancellationToken.None)) entries++;
        Assert.Equal(100_101, entries);
    }

    [Fact]
    public async Task A_sparse_file_is_as_long_as_it_says_and_its_layer_is_small()
    {
        const long length = 256L << 20;
        using (var file = File.Create(Path.Combine(_workspace.Root, "sparse"))) file.SetLength(length);
        var image = await _workspace.BuildAsync("FROM scratch\nCOPY sparse /s").WaitAsync(Patience);
        Assert.InRange(image.Blobs[1].Descriptor.Size, 1, 1 << 20);
        await foreach (var (entry, _) in LayerReader.ReadAsync(image.Blobs[1], new LayerLimits { MaxRatio = 2000 }, CancellationToken.None)) Assert.Equal(length, entry.Size);
    }

    [Theory]
    [InlineData("ENV", "a{0}=1")]
    [InlineData("EXPOSE", "{0}")]
    [InlineData("VOLUME", "/{0}")]
    [InlineData("ARG", "a{0}")]
    [InlineData("COPY", "--exclude={0}")]
    public async Task One_instruction_over_many_lines_does_not_cost_the_square_of_their_number(string instruction, string word)
    {
        _workspace.File("a", "A");
        var words = string.Concat(Enumerable.Range(0, 40_000).Select(i => string.Format(word, i) + " \\\n"));
        await Task.Run(() => _workspace.BuildAsync($"FROM scratch\n{instruction} {words}{(instruction == "COPY" ? "a /a" : "")}\n")).WaitAsync(Patience);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
