using System.Buffers;
using System.Security.Cryptography;

namespace Viaduct.Oci.Layers;

/// <summary>
/// The file system that an image's layers make together. Metadata is in memory, content stays in the layers.
/// Paths are read from the image's root, with or without a leading slash.
/// </summary>
public sealed class RootFileSystem
{
    private readonly IReadOnlyList<Blob> _layers;
    private readonly LayerLimits _limits;
    private readonly FileTree _tree;

    private RootFileSystem(IReadOnlyList<Blob> layers, LayerLimits limits)
    {
        _layers = layers;
        _limits = limits;
        _tree = new FileTree(limits);
    }

    /// <inheritdoc cref="LoadAsync(IReadOnlyList{Blob}, LayerLimits, CancellationToken)"/>
    public static Task<RootFileSystem> LoadAsync(IReadOnlyList<Blob> layers, CancellationToken cancellationToken) =>
        LoadAsync(layers, LayerLimits.Default, cancellationToken);

    /// <summary>Reads all layers once.</summary>
    /// <param name="layers">As in a manifest: the lowest first.</param>
    /// <exception cref="ViaductException">VIA1020 to VIA1024.</exception>
    public static async Task<RootFileSystem> LoadAsync(IReadOnlyList<Blob> layers, LayerLimits limits, CancellationToken cancellationToken)
    {
        var files = new RootFileSystem(layers, limits);
        var merger = new FileTreeMerger(files._tree, limits);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var index = 0; index < layers.Count; index++)
        {
            merger.Begin(index, $"layer {layers[index].Descriptor.Digest}");
            using var archive = await LayerArchive.OpenAsync(layers[index], limits, cancellationToken).ConfigureAwait(false);
            while (await archive.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
            {
                var content = entry.Kind == TarEntryKind.File
                    ? await HashAsync(archive.Content, hash, cancellationToken).ConfigureAwait(false)
                    : default;
                merger.Apply(entry, archive.Count, content);
            }
        }
        return files;
    }

    /// <summary>What stands at a path. Symbolic links are followed on the way to it, but not at its end.</summary>
    /// <returns>Null when there is nothing.</returns>
    /// <exception cref="ViaductException">VIA1022.</exception>
    public FileNode? Find(string path) => _tree.Locate(path, followLast: false).Found?.File;

    /// <summary>What opening a path would open: all symbolic links are followed, an absolute one from the image's root, and <c>..</c> stops there.</summary>
    /// <returns>Null when there is nothing, as behind a dangling link.</returns>
    /// <exception cref="ViaductException">VIA1022.</exception>
    public FileNode? Resolve(string path) => _tree.Locate(path, followLast: true).Found?.File;

    /// <summary>All that is below a directory, each directory before what is in it, names in ordinal order. Links are not followed on the way down.</summary>
    /// <param name="directory">May be a link to one. If it is nothing or no directory, nothing is below it.</param>
    public IEnumerable<FileNode> Walk(string directory) =>
        FileTree.Below(_tree.Locate(directory, followLast: true).Found).Select(node => node.File);

    /// <summary>
    /// Opens the content of a file by reading its layer again, no further than it must. The bytes are held to the digest they had
    /// when the layers were loaded, because a layer that is not read to its end is not checked by its own.
    /// </summary>
    /// <exception cref="ArgumentException">It is not a file.</exception>
    /// <exception cref="ViaductException">VIA1012 at the end of the stream when the content has changed; VIA1020 to VIA1024.</exception>
    public async Task<Stream> OpenAsync(FileNode file, CancellationToken cancellationToken)
    {
        if (file.Entry.Kind != TarEntryKind.File) throw new ArgumentException($"'{file.Path}' is not a file.", nameof(file));
        if (file.Entry.Size == 0) return Stream.Null;

        var layer = _layers[file.LayerIndex];
        var archive = await LayerArchive.OpenAsync(layer, _limits, cancellationToken).ConfigureAwait(false);
        try
        {
            while (await archive.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
            {
                if (archive.Count < file.Ordinal) continue;
                if (entry.Kind != TarEntryKind.File || entry.Size != file.Entry.Size) break;
                return new VerifyingStream(new LayerFileStream(archive), new Descriptor(layer.Descriptor.MediaType, file.Content, entry.Size));
            }
            throw OciErrors.ContentMismatch(layer.Descriptor.Digest, "it has changed since it was read first");
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    private static async ValueTask<Digest> HashAsync(Stream content, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
                hash.AppendData(buffer, 0, count);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Digest.FromSha256(hash.GetHashAndReset());
    }
}
