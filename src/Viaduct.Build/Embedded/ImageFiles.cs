using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>The files of a base image as a tree, their content still in its layers.</summary>
internal sealed class ImageFiles
{
    // One pass over a layer fetches as many of the following files as fit in here.
    private const int BatchSize = 32 << 20;
    private const int LargeFile = 2 << 20;

    private readonly IReadOnlyList<Blob> _layers;
    private readonly RootFileSystem _files;
    private readonly Dictionary<Digest, byte[]> _fetched = [];

    private ImageFiles(IReadOnlyList<Blob> layers, RootFileSystem files)
    {
        _layers = layers;
        _files = files;
    }

    public static async Task<FileTree> LoadAsync(IReadOnlyList<Blob> layers, CancellationToken cancellationToken)
    {
        var files = await RootFileSystem.LoadAsync(layers, cancellationToken).ConfigureAwait(false);
        var image = new ImageFiles(layers, files);
        var tree = FileTree.Empty();
        foreach (var file in files.Walk(""))
        {
            var parent = tree.Find(SlashPath.Parent(file.Path))!;
            parent.Children[SlashPath.Name(file.Path)] = new TreeNode(file.Entry, file.Entry.Kind == TarEntryKind.File ? new ImageFile(image, file) : null);
        }
        return tree;
    }

    /// <summary>Reads the small ones among files that are needed soon, up to a limit, each layer once; a file at a time would read a layer once a file.</summary>
    public static async Task FetchAsync(IEnumerable<TreeNode> soon, CancellationToken cancellationToken)
    {
        var room = BatchSize;
        var batch = new List<ImageFile>();
        foreach (var file in soon.Select(n => n.Content).OfType<ImageFile>().Where(f => f.Node.Entry.Size is > 0 and <= LargeFile))
        {
            if ((room -= (int)file.Node.Entry.Size) < 0) break;
            batch.Add(file);
        }
        foreach (var layer in batch.GroupBy(f => (f.Image, f.Node.LayerIndex)))
            if (layer.Count() > 1) await layer.Key.Image.FetchAsync(layer.Key.LayerIndex, [.. layer], cancellationToken).ConfigureAwait(false);
    }

    public bool IsFetched(FileNode file) => _fetched.ContainsKey(file.Content);

    public async ValueTask<Stream> OpenAsync(FileNode file, CancellationToken cancellationToken)
    {
        if (_fetched.Remove(file.Content, out var bytes)) return new MemoryStream(bytes, writable: false);
        return await _files.OpenAsync(file, cancellationToken).ConfigureAwait(false);
    }

    private async Task FetchAsync(int index, IReadOnlyList<ImageFile> files, CancellationToken cancellationToken)
    {
        var wanted = files.Where(f => !IsFetched(f.Node)).Select(f => (f.Node.Entry.Size, f.Node.Content)).ToHashSet();
        var sizes = wanted.Select(w => w.Size).ToHashSet();
        await foreach (var (entry, content) in LayerReader.ReadAsync(_layers[index], cancellationToken).ConfigureAwait(false))
        {
            if (wanted.Count == 0) return;
            if (entry.Kind != TarEntryKind.File || !sizes.Contains(entry.Size)) continue;
            var bytes = new byte[entry.Size];
            await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            var digest = Digest.Sha256(bytes);
            if (wanted.Remove((entry.Size, digest))) _fetched[digest] = bytes;
        }
    }
}
