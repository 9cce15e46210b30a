using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Layouts;

/// <summary>The files of an archive, written in the order of their paths with nothing of the time, the machine or the user.</summary>
internal sealed class ArchiveWriter
{
    private readonly SortedDictionary<string, (long Size, Func<CancellationToken, Task<Stream>> Open)> _files = new(StringComparer.Ordinal);

    public static async Task<ArchiveWriter> CollectAsync(
        IContentSource source, IReadOnlyList<(RawManifest Manifest, IReadOnlyList<Reference> Names)> images, CancellationToken cancellationToken)
    {
        var (blobs, manifests) = await ImageCopy.CollectAsync(source, images.Select(i => i.Manifest), cancellationToken).ConfigureAwait(false);
        return Of(blobs.Select(source.AsBlob), manifests, LayoutIndex.Of(images.SelectMany(i => Entries(i.Manifest, i.Names))));
    }

    public static ArchiveWriter Of(IEnumerable<Blob> blobs, IEnumerable<RawManifest> manifests, IEnumerable<(RawManifest Manifest, string? Name)> entries) =>
        Of(blobs, manifests, LayoutIndex.Of(entries.Select(e => e.Name is null ? e.Manifest.Descriptor
            : e.Manifest.Descriptor with { Annotations = new Dictionary<string, string> { [Annotations.RefName] = e.Name } })));

    private static ArchiveWriter Of(IEnumerable<Blob> blobs, IEnumerable<RawManifest> manifests, LayoutIndex index)
    {
        var archive = new ArchiveWriter();
        foreach (var blob in blobs)
            archive._files[OciLayout.BlobFile(blob.Descriptor.Digest)] = (blob.Descriptor.Size, token => blob.OpenAsync(token).AsTask());
        foreach (var manifest in manifests)
            archive.Add(OciLayout.BlobFile(manifest.Digest), manifest.Bytes);
        archive.Add(LayoutMarker.File, LayoutMarker.Bytes);
        archive.Add(OciLayout.IndexFile, index.ToBytes());
        return archive;
    }

    public void Add(string path, ReadOnlyMemory<byte> bytes) =>
        _files[path] = (bytes.Length, _ => Task.FromResult<Stream>(MemoryBytes.AsStream(bytes)));

    public async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        var tar = new TarWriter(output);
        var folders = new HashSet<string>();
        foreach (var (path, (size, open)) in _files)
        {
            for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
                if (folders.Add(path[..slash]))
                    await tar.WriteAsync(new TarEntry(path[..slash], TarEntryKind.Directory), null, cancellationToken).ConfigureAwait(false);
            var content = await open(cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
                await tar.WriteAsync(new TarEntry(path, TarEntryKind.File) { Size = size }, content, cancellationToken).ConfigureAwait(false);
        }
        await tar.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<Descriptor> Entries(RawManifest manifest, IReadOnlyList<Reference> names) => names.Count == 0
        ? [manifest.Descriptor]
        : names.Select(name => manifest.Descriptor with
        {
            Annotations = new Dictionary<string, string> { [LayoutIndex.ImageName] = name.ToString(), [Annotations.RefName] = name.TagOrDigest },
        });
}
