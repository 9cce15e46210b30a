namespace Viaduct.Oci;

/// <summary>
/// The one writer of lists: the order and the bytes of <c>docker manifest push</c>, so that either tool arrives at the same digest.
/// </summary>
/// <remarks>
/// docker/cli cli/command/manifest: <c>json.MarshalIndent(list, "", "   ")</c>, entries in the byte order of their file names in
/// docker's local store, an OCI index when the first entry is an OCI manifest and a Docker list otherwise.
/// </remarks>
public static class ManifestList
{
    /// <param name="entries">
    /// Each child's full reference and its descriptor; the descriptor's platform goes into the list as it is,
    /// and so do annotations, which docker never gives a child and an attestation needs.
    /// </param>
    /// <param name="attestations">Entries that no runtime selects; docker's store cannot hold them, so they follow all others in their own order.</param>
    /// <exception cref="ArgumentException">An entry has no platform.</exception>
    public static RawManifest Write(IEnumerable<(Reference Name, Descriptor Child)> entries, IEnumerable<Descriptor>? attestations = null)
    {
        var sorted = entries.OrderBy(e => StoreName(e.Name), StringComparer.Ordinal).Select(e => e.Child).ToList();
        var mediaType = sorted.Count > 0 && sorted[0].MediaType == MediaTypes.OciManifest ? MediaTypes.OciIndex : MediaTypes.DockerList;
        var json = new GoJsonWriter("   ").BeginObject()
            .Name("schemaVersion").Number(2)
            .Name("mediaType").String(mediaType)
            .Name("manifests").BeginArray();
        foreach (var child in sorted.Concat(attestations ?? []))
        {
            var platform = child.Platform ?? throw new ArgumentException("An entry of a list has no platform.", nameof(entries));
            json.BeginObject()
                .Name("mediaType").String(child.MediaType)
                .Name("size").Number(child.Size)
                .Name("digest").String(child.Digest.ToString())
                .Map("annotations", child.Annotations)
                .Name("platform").BeginObject()
                .Name("architecture").String(platform.Architecture)
                .Name("os").String(platform.Os)
                .Optional("os.version", platform.OsVersion)
                .Optional("os.features", platform.OsFeatures)
                .Optional("variant", platform.Variant)
                .EndObject().EndObject();
        }
        return RawManifest.Parse(json.EndArray().EndObject().ToBytes(), mediaType);
    }

    /// <summary>The file name that docker gives a reference in its local store (cli/manifest/store/store.go, makeFilesafeName).</summary>
    public static string StoreName(Reference name) => (name.Tag is null && name.Digest is null ? name + ":latest" : name.ToString()).Replace(':', '-').Replace('/', '_');
}
