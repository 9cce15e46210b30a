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
    public static RawManifest Write(IEnumerable<(Reference Name, Descriptor Child)> entries, IEnumerable<Descriptor>? attestations = null) =>
        WriteInOrder(entries.OrderBy(e => StoreName(e.Name), StringComparer.Ordinal).Select(e => e.Child), attestations);

    /// <summary>A list whose order is settled: docker's local store has file names that say more than the references in them.</summary>
    /// <param name="attestations">Entries that follow all others in their own order.</param>
    /// <param name="annotations">The list's own, where image-spec has them: after the entries. Docker's lists know none, and their readers pass over them.</param>
    /// <exception cref="ArgumentException">An entry has no platform.</exception>
    public static RawManifest WriteInOrder(
        IEnumerable<Descriptor> children, IEnumerable<Descriptor>? attestations = null, IReadOnlyDictionary<string, string>? annotations = null)
    {
        var entries = children.ToList();
        var mediaType = entries.Count > 0 && entries[0].MediaType == MediaTypes.OciManifest ? MediaTypes.OciIndex : MediaTypes.DockerList;
        var json = new GoJsonWriter("   ").BeginObject()
            .Name("schemaVersion").Number(2)
            .Name("mediaType").String(mediaType)
            .Name("manifests").BeginArray();
        foreach (var entry in entries.Concat(attestations ?? [])) Write(json, entry);
        json.EndArray();
        if (annotations is not null) json.Map("annotations", annotations);
        return RawManifest.Parse(json.EndObject().ToBytes(), mediaType);
    }

    /// <summary>The file name that docker gives a reference in its local store (cli/manifest/store/store.go, makeFilesafeName).</summary>
    public static string StoreName(Reference name) => (name.Tag is null && name.Digest is null ? name + ":latest" : name.ToString()).Replace(':', '-').Replace('/', '_');

    private static void Write(GoJsonWriter json, Descriptor entry)
    {
        var platform = entry.Platform ?? throw new ArgumentException("An entry of a list has no platform.", nameof(entry));
        json.BeginObject()
            .Name("mediaType").String(entry.MediaType)
            .Name("size").Number(entry.Size)
            .Name("digest").String(entry.Digest.ToString())
            .Map("annotations", entry.Annotations)
            .Name("platform").Platform(platform)
            .EndObject();
    }
}
