using System.Buffers;
using System.Security.Cryptography;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>The files of a base image as a tree, their content still in its layers.</summary>
internal sealed class ImageFiles
{
    private readonly IReadOnlyList<Blob> _layers;
    private readonly RootFileSystem _files;
    private readonly Dictionary<Digest, (Blob Spooled, long Offset)> _fetched = [];

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

    /// <summary>
    /// Copies what is needed of layers to the spool, one pass a layer: to open a file at a time would read a layer once a file.
    /// A file that is the only one of its layer stays there until it is opened.
    /// </summary>
    public static async Task FetchAsync(IEnumerable<TreeNode> needed, BlobSpool spool, CancellationToken cancellationToken)
    {
        var files = needed.Select(n => n.Content).OfType<ImageFile>().Where(f => f.Node.Entry.Size > 0 && !f.Image._fetched.ContainsKey(f.Node.Content));
        foreach (var layer in files.GroupBy(f => (f.Image, f.Node.LayerIndex), f => f.Node).Where(l => l.Skip(1).Any()))
            await layer.Key.Image.FetchAsync(layer.Key.LayerIndex, layer, spool, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<Stream> OpenAsync(FileNode file, CancellationToken cancellationToken)
    {
        if (!_fetched.TryGetValue(file.Content, out var place)) return await _files.OpenAsync(file, cancellationToken).ConfigureAwait(false);
        return new SliceStream(await place.Spooled.OpenAsync(cancellationToken).ConfigureAwait(false), place.Offset, file.Entry.Size);
    }

    private async Task FetchAsync(int index, IEnumerable<FileNode> files, BlobSpool spool, CancellationToken cancellationToken)
    {
        // Entries are told apart by size and content; once all of a size are there, others of that size are passed over.
        var wanted = files.GroupBy(f => f.Entry.Size, f => f.Content).ToDictionary(s => s.Key, s => s.ToHashSet());
        var places = new List<(Digest Content, long Offset)>();
        var output = spool.Begin();
        await foreach (var (entry, content) in LayerReader.ReadAsync(_layers[index], cancellationToken).ConfigureAwait(false))
        {
            if (entry.Kind != TarEntryKind.File || !wanted.TryGetValue(entry.Size, out var contents)) continue;
            var offset = output.Length;
            var digest = await CopyAsync(content, output, cancellationToken).ConfigureAwait(false);
            if (!contents.Remove(digest)) continue;
            places.Add((digest, offset));
            if (contents.Count == 0) wanted.Remove(entry.Size);
            if (wanted.Count == 0) break;
        }
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        var spooled = output.Seal(new Descriptor(MediaTypes.OciLayer, default, output.Length));
        foreach (var (content, offset) in places) _fetched[content] = (spooled, offset);
    }

    private static async Task<Digest> CopyAsync(Stream content, SpoolStream output, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
                await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Digest.FromSha256(hash.GetHashAndReset());
    }
}
