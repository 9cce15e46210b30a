using Viaduct.Benchmarks.Peers;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Benchmarks.Cases;

/// <summary>Where <see cref="TransferCase"/> happens: a layout with the list, a registry that holds it, and two to fill, all in memory.</summary>
internal sealed class TransferBed : IDisposable
{
    private readonly DistributionRegistry _full;

    private TransferBed(Arena arena, DistributionRegistry full, string layout, string list, string output, int mebibytes)
    {
        (Arena, _full, Layout, List, Output) = (arena, full, layout, list, output);
        Bytes = ((long)mebibytes << 20) * TransferImages.LayersEach * TransferImages.Architectures.Count;
    }

    public Arena Arena { get; }

    /// <summary>In a registry that nobody writes to.</summary>
    public string Source => $"{_full.Address}/source/image:{TransferImages.Tag}";

    /// <summary>The folder with the list under <see cref="TransferImages.Tag"/>.</summary>
    public string Layout { get; }

    /// <summary>The list's digest.</summary>
    public string List { get; }

    /// <summary>The folder that a pull makes.</summary>
    public string Output { get; }

    public long Bytes { get; }

    public static async Task<TransferBed> OpenAsync(Toolbox tools, int mebibytes)
    {
        var layout = tools.Folder("transfer");
        var list = TransferImages.Make(layout, mebibytes);
        var arena = await Arena.OpenAsync(tools).ConfigureAwait(false);
        try
        {
            var full = await DistributionRegistry.StartAsync(tools.Spawner, tools.DistributionRegistry!, tools.Folder("full"), logs: false).ConfigureAwait(false);
            var bed = new TransferBed(arena, full, layout, list, Path.Combine(tools.Folder("transfer-output"), "layout"), mebibytes);
            await bed.FillAsync(bed.Source).ConfigureAwait(false);
            return bed;
        }
        catch
        {
            arena.Dispose();
            throw;
        }
    }

    public void ForgetOutput()
    {
        if (Directory.Exists(Output)) Directory.Delete(Output, recursive: true);
    }

    /// <summary>Fails unless the registry has the list and, byte for byte, all that it names.</summary>
    public async Task VerifyAsync(string name)
    {
        using var client = PauseSet.Client();
        var reference = Reference.Parse(name);
        await VerifyAsync(client.Repository(reference), reference.TagOrDigest, name).ConfigureAwait(false);
    }

    /// <summary>The same of the layout that was pulled; what tag a tool gives there is its own affair.</summary>
    public async Task VerifyOutputAsync() =>
        await VerifyAsync(await OciLayout.OpenAsync(Output, default).ConfigureAwait(false), List, Output).ConfigureAwait(false);

    public void Dispose()
    {
        Arena.Dispose();
        _full.Dispose();
    }

    /// <summary>Pushes the list in this process.</summary>
    public async Task FillAsync(string name)
    {
        using var client = PauseSet.Client();
        var (source, target) = (await OciLayout.OpenAsync(Layout, default).ConfigureAwait(false), client.Repository(Reference.Parse(name)));
        var list = await source.FindManifestAsync(TransferImages.Tag, default).ConfigureAwait(false) ?? throw new BenchmarkException("The layout has no list.");
        await ImageCopy.CopyAsync(source, list, target, default).ConfigureAwait(false);
        await target.TagAsync(TransferImages.Tag, list, default).ConfigureAwait(false);
    }

    private async Task VerifyAsync(IContentSource source, string tagOrDigest, string name)
    {
        var list = await source.FindManifestAsync(tagOrDigest, default).ConfigureAwait(false);
        if (list?.Digest.ToString() != List) throw new BenchmarkException($"{name} is not the list that it should be.");
        foreach (var entry in list.AsIndex().Manifests)
        {
            var image = await source.FindManifestAsync(entry.Digest.ToString(), default).ConfigureAwait(false) ?? throw new BenchmarkException($"{name} has no {entry.Digest}.");
            foreach (var blob in image.AsImage().Blobs)
            {
                var content = await source.OpenBlobAsync(blob, default).ConfigureAwait(false);
                await using (content.ConfigureAwait(false)) await content.CopyToAsync(Stream.Null).ConfigureAwait(false);
            }
        }
    }
}
