namespace Viaduct.Oci.Layouts;

/// <summary>
/// One image of one platform as <c>docker load</c> reads it. As docker's own archives since 25 it is an OCI layout with a
/// <c>manifest.json</c> beside: old engines read the latter; the containerd store and skopeo read the former and keep every digest.
/// </summary>
public static class DockerArchive
{
    /// <exception cref="ViaductException">VIA1033 when the manifest is a list.</exception>
    public static async Task ExportAsync(
        IContentSource source, RawManifest manifest, IReadOnlyList<Reference> names, Stream output, CancellationToken cancellationToken)
    {
        if (manifest.IsIndex) throw LayoutErrors.NotOneImage(manifest.Digest.ToString());
        var image = manifest.AsImage();
        if (image.Layers.FirstOrDefault(l => l.Urls.Count > 0) is { } foreign)
            throw LayoutErrors.BadArchive($"the layer {foreign.Digest} is at a url and cannot be in an archive", manifest.Digest.ToString());
        var archive = await ArchiveWriter.CollectAsync(source, [(manifest, names)], cancellationToken).ConfigureAwait(false);
        archive.Add("manifest.json", DockerManifest(image, names));
        await archive.WriteAsync(output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>moby image/tarexport, manifestItem: paths are the archive's, names are familiar ones.</summary>
    private static byte[] DockerManifest(ImageManifest image, IReadOnlyList<Reference> names)
    {
        var json = new GoJsonWriter().BeginArray().BeginObject()
            .Name("Config").String(OciLayout.BlobFile(image.Config.Digest))
            .Name("RepoTags");
        var tags = names.Where(n => n.Tag is not null).Select(n => n.WithTag(n.Tag!).Familiar).Distinct().ToList();
        if (tags.Count == 0) json.Null();
        else json.Strings(tags.Order(ByteOrder.Instance));
        return json
            .Name("Layers").Strings(image.Layers.Select(l => OciLayout.BlobFile(l.Digest)))
            .EndObject().EndArray().ToBytes();
    }
}
