namespace Viaduct.Oci.Layouts;

/// <summary>
/// A tar of images, read: an OCI archive, a docker archive of any age, compressed as a whole or not.
/// Its content lives in the spool that it was opened with.
/// </summary>
public sealed class ImageArchive : IContentSource, IReferrerSource
{
    private readonly ArchiveFiles _files;
    private readonly Dictionary<Digest, RawManifest> _manifests = [];
    private readonly LayoutReferrers _referrers;

    private ImageArchive(ArchiveFiles files, IReadOnlyList<ArchivedImage> images)
    {
        _files = files;
        Images = images;
        foreach (var image in images) _manifests[image.Manifest.Digest] = image.Manifest;
        IReadOnlyList<(string?, Digest)> entries = [.. images.SelectMany(i => i.Names.Cast<string?>().DefaultIfEmpty().Select(name => (name, i.Manifest.Digest)))];
        _referrers = new LayoutReferrers(this, _ => Task.FromResult(entries), null);
    }

    public IReadOnlyList<ArchivedImage> Images { get; }

    /// <summary>Reads an archive to its end.</summary>
    /// <exception cref="ViaductException">VIA1031 when it is no archive of images, VIA1012 when a file is not what its name says.</exception>
    public static async Task<ImageArchive> OpenAsync(Stream input, BlobSpool spool, ImageArchiveLimits limits, CancellationToken cancellationToken)
    {
        var files = await ArchiveFiles.ReadAsync(input, spool, limits, cancellationToken).ConfigureAwait(false);
        // docker since 25 writes both; the layout has the image's own manifest.
        if (await files.ReadAsync(LayoutMarker.File, cancellationToken).ConfigureAwait(false) is { } marker
            && await files.ReadAsync(OciLayout.IndexFile, cancellationToken).ConfigureAwait(false) is { } index)
            return new ImageArchive(files, await FromLayoutAsync(files, marker, index, cancellationToken).ConfigureAwait(false));
        if (await files.ReadAsync("manifest.json", cancellationToken).ConfigureAwait(false) is { } manifest)
            return new ImageArchive(files, await DockerArchiveReader.ReadAsync(files, manifest, limits, cancellationToken).ConfigureAwait(false));
        throw LayoutErrors.BadArchive("it has neither index.json nor manifest.json");
    }

    /// <param name="tagOrDigest">A digest, a whole name as the archive has it, or a tag that only one image has.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ViaductException">VIA1034 when several images have the tag.</exception>
    public async Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        if (!Digest.TryParse(tagOrDigest, out var digest)) return FindByName(tagOrDigest);
        if (_manifests.TryGetValue(digest, out var manifest)) return manifest;
        if (_files.Find(digest) is not { } blob) return null;
        return RawManifest.Parse(await ArchiveFiles.ReadAsync(blob, tagOrDigest, cancellationToken).ConfigureAwait(false), null, tagOrDigest, digest);
    }

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        _files.Find(blob.Digest) is { } file
            ? new VerifyingStream(await file.OpenAsync(cancellationToken).ConfigureAwait(false), blob)
            : throw LayoutErrors.Missing(blob.Digest, null);

    /// <inheritdoc/>
    public IAsyncEnumerable<Descriptor> ReferrersAsync(Digest subject, string? artifactType, CancellationToken cancellationToken) =>
        _referrers.ReferrersAsync(subject, artifactType, cancellationToken);

    private RawManifest? FindByName(string name)
    {
        Func<string, bool> isMeant = ReferenceGrammar.IsTag(name) ? n => n == name || (Reference.TryParse(n, out var r) && r.Tag == name)
            : Whole(name) is { } wanted ? n => n == name || Whole(n) == wanted
            : n => n == name;
        var found = Images.Where(i => i.Names.Any(isMeant)).Select(i => i.Manifest).DistinctBy(m => m.Digest).ToList();
        return found.Count <= 1 ? found.FirstOrDefault() : throw LayoutErrors.Ambiguous(name, null);
    }

    private static Reference? Whole(string name) =>
        !Reference.TryParse(name, out var reference) ? null : reference.Tag is null && reference.Digest is null ? reference.WithTag("latest") : reference;

    private static async Task<IReadOnlyList<ArchivedImage>> FromLayoutAsync(ArchiveFiles files, byte[] marker, byte[] bytes, CancellationToken cancellationToken)
    {
        ViaductException Error(string why) => LayoutErrors.BadArchive(why);
        LayoutMarker.Check(marker, Error);
        var images = new List<ArchivedImage>();
        foreach (var group in LayoutIndex.Parse(bytes, Error).Entries.GroupBy(e => e.Digest))
        {
            var entry = group.First();
            var blob = files.Find(entry.Digest) ?? throw LayoutErrors.Missing(entry.Digest, OciLayout.IndexFile);
            var content = await ArchiveFiles.ReadAsync(blob, entry.Digest.ToString(), cancellationToken).ConfigureAwait(false);
            images.Add(new ArchivedImage(
                RawManifest.Parse(content, entry.MediaType.Length > 0 ? entry.MediaType : null, OciLayout.IndexFile, entry.Digest),
                [.. group.Select(NameOf).OfType<string>().Distinct()]));
        }
        return images;
    }

    private static string? NameOf(Descriptor entry) =>
        entry.Annotations.GetValueOrDefault(LayoutIndex.ImageName) ?? entry.Annotations.GetValueOrDefault(Annotations.RefName);
}
