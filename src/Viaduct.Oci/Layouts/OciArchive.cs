namespace Viaduct.Oci.Layouts;

/// <summary>An OCI layout as one tar file: what <c>skopeo … oci-archive:</c>, <c>podman load</c> and <c>docker load</c> (containerd store) read.</summary>
public static class OciArchive
{
    /// <summary>Writes images or lists with all their children; the same images give the same bytes.</summary>
    /// <param name="images">Manifests and the names that they get in index.json; a manifest without names is there by its digest.</param>
    public static async Task ExportAsync(
        IContentSource source, IReadOnlyList<(RawManifest Manifest, IReadOnlyList<Reference> Names)> images, Stream output, CancellationToken cancellationToken)
    {
        var archive = await ArchiveWriter.CollectAsync(source, images, cancellationToken).ConfigureAwait(false);
        await archive.WriteAsync(output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what was collected elsewhere, children and all.</summary>
    /// <param name="entries">The manifests of index.json, each with its name; null for one that is found by its digest alone.</param>
    public static Task WriteAsync(
        IEnumerable<Blob> blobs, IEnumerable<RawManifest> manifests, IEnumerable<(RawManifest Manifest, string? Name)> entries, Stream output, CancellationToken cancellationToken) =>
        ArchiveWriter.Of(blobs, manifests, entries).WriteAsync(output, cancellationToken);
}
