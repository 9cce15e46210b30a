namespace Viaduct.Oci.Layouts;

/// <summary>Carries a whole image or list from one place to another: blobs, then children, then the manifest; its bytes untouched.</summary>
public static class ImageCopy
{
    /// <summary>Lists in lists: image-spec allows them, and no builder nests deeper than one.</summary>
    internal const int MaxDepth = 4;

    /// <exception cref="ViaductException">VIA1032 when something that a manifest names is not in the source.</exception>
    public static async Task CopyAsync(IContentSource from, RawManifest manifest, IContentSink to, CancellationToken cancellationToken)
    {
        var image = await CollectAsync(from, [manifest], cancellationToken).ConfigureAwait(false);
        foreach (var blob in image.Blobs)
            await to.PushBlobAsync(from.AsBlob(blob), cancellationToken).ConfigureAwait(false);
        foreach (var child in image.Manifests)
            await to.PushManifestAsync(child, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All that manifests hold on to, each once: blobs, and manifests with children before the lists that name them.</summary>
    internal static async Task<(IReadOnlyList<Descriptor> Blobs, IReadOnlyList<RawManifest> Manifests)> CollectAsync(
        IContentSource from, IEnumerable<RawManifest> manifests, CancellationToken cancellationToken)
    {
        var blobs = new OrderedDictionary<Digest, Descriptor>();
        var found = new OrderedDictionary<Digest, RawManifest>();
        foreach (var manifest in manifests)
            await VisitAsync(manifest, 0).ConfigureAwait(false);
        return (blobs.Values.ToList(), found.Values.ToList());

        async Task VisitAsync(RawManifest manifest, int depth)
        {
            if (found.ContainsKey(manifest.Digest)) return;
            if (depth > MaxDepth) throw OciErrors.BadManifest($"lists are nested more than {MaxDepth} deep", manifest.Digest.ToString());
            if (manifest.IsIndex)
                foreach (var entry in manifest.AsIndex().Manifests)
                    await VisitAsync(await from.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false)
                        ?? throw LayoutErrors.Missing(entry.Digest, manifest.Digest.ToString()), depth + 1).ConfigureAwait(false);
            else
            {
                var image = manifest.AsImage();
                blobs.TryAdd(image.Config.Digest, image.Config);
                foreach (var layer in image.Layers)
                    if (!blobs.ContainsKey(layer.Digest) && await ForeignLayers.IsTakenAsync(layer, from, cancellationToken).ConfigureAwait(false))
                        blobs.Add(layer.Digest, layer);
            }
            found.TryAdd(manifest.Digest, manifest);
        }
    }
}
