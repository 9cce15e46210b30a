namespace Viaduct.Oci.Layouts;

/// <summary>
/// A folder of images (image-spec, image-layout.md): <c>oci-layout</c>, <c>index.json</c> with a name for each tag, and blobs by digest.
/// Files are replaced atomically and blobs are checked while they are written, so a reader never meets half of one.
/// Several readers and one writing process; inside it, any number of tasks.
/// </summary>
public sealed class OciLayout : IContentSource, IContentSink, IReferrerSource
{
    internal const string IndexFile = "index.json";

    private readonly SemaphoreSlim _tagging = new(1, 1);

    private readonly LayoutReferrers _referrers;

    private OciLayout(string folder)
    {
        Folder = folder;
        _referrers = new LayoutReferrers(this, async token => [.. (await ListAsync(token).ConfigureAwait(false)).Select(e => (e.Annotations.GetValueOrDefault(Annotations.RefName), e.Digest))], Folder);
    }

    public string Folder { get; }

    /// <summary>Opens a layout that exists.</summary>
    /// <exception cref="ViaductException">VIA1030.</exception>
    public static async Task<OciLayout> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var layout = new OciLayout(Path.GetFullPath(folder));
        var marker = await layout.ReadAsync(LayoutMarker.File, 4096, cancellationToken).ConfigureAwait(false) ?? throw layout.Error("it has no file oci-layout");
        LayoutMarker.Check(marker, layout.Error);
        await layout.IndexAsync(cancellationToken).ConfigureAwait(false);
        return layout;
    }

    /// <summary>Opens a layout, or makes an empty one where there is none.</summary>
    public static async Task<OciLayout> OpenOrCreateAsync(string folder, CancellationToken cancellationToken)
    {
        var layout = new OciLayout(Path.GetFullPath(folder));
        if (!File.Exists(layout.PathOf(LayoutMarker.File)))
        {
            if (Directory.Exists(layout.Folder) && !Directory.EnumerateFileSystemEntries(layout.Folder).All(IsOurs))
                throw layout.Error("the folder is neither empty nor a layout");
            Directory.CreateDirectory(layout.PathOf("blobs", "sha256"));
            DirectorySync.Flush(layout.PathOf("blobs"));
            if (!File.Exists(layout.PathOf(IndexFile)))
                await AtomicFile.WriteAsync(layout.PathOf(IndexFile), LayoutIndex.Empty.ToBytes(), cancellationToken).ConfigureAwait(false);
            // Last: what has the marker is complete.
            await AtomicFile.WriteAsync(layout.PathOf(LayoutMarker.File), LayoutMarker.Bytes, cancellationToken).ConfigureAwait(false);
        }
        return await OpenAsync(folder, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The entries of index.json; the annotation <see cref="Annotations.RefName"/> is the tag.</summary>
    public async Task<IReadOnlyList<Descriptor>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await IndexAsync(cancellationToken).ConfigureAwait(false)).Entries];

    /// <inheritdoc/>
    public IAsyncEnumerable<Descriptor> ReferrersAsync(Digest subject, string? artifactType, CancellationToken cancellationToken) =>
        _referrers.ReferrersAsync(subject, artifactType, cancellationToken);

    public async Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        var index = await IndexAsync(cancellationToken).ConfigureAwait(false);
        var entry = Digest.TryParse(tagOrDigest, out var digest) ? index.Entries.FirstOrDefault(e => e.Digest == digest) : index.Find(tagOrDigest);
        if (entry is null && digest.IsEmpty) return null;
        var wanted = entry?.Digest ?? digest;
        var bytes = await ReadAsync(BlobFile(wanted), RawManifest.MaxSize, cancellationToken).ConfigureAwait(false);
        if (bytes is null) return digest.IsEmpty ? throw LayoutErrors.Missing(wanted, Folder) : null;
        return RawManifest.Parse(bytes, entry is { MediaType.Length: > 0 } ? entry.MediaType : null, Folder, wanted);
    }

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream>(new VerifyingStream(Open(BlobFile(blob.Digest)), blob));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw LayoutErrors.Missing(blob.Digest, Folder);
        }
    }

    public async Task PushBlobAsync(Blob blob, CancellationToken cancellationToken)
    {
        var path = PathOf(BlobFile(blob.Descriptor.Digest));
        if (await IsSoundAsync(blob.Descriptor, cancellationToken).ConfigureAwait(false)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await AtomicFile.WriteAsync(path, async (output, token) =>
        {
            var content = await blob.OpenAsync(token).ConfigureAwait(false);
            if (!blob.IsChecked) content = new VerifyingStream(content, blob.Descriptor);
            await using (content.ConfigureAwait(false))
                await content.CopyToAsync(output, 1 << 17, token).ConfigureAwait(false);
        }, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether there is a file of its name and size; its bytes are not looked at.</summary>
    public bool HasBlob(Descriptor blob) => new FileInfo(PathOf(BlobFile(blob.Digest))) is { Exists: true } file && file.Length == blob.Size;

    /// <summary>A file that somebody cut, damaged or filled with something else is written again: the length alone says little.</summary>
    private async Task<bool> IsSoundAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        if (!HasBlob(blob)) return false;
        try
        {
            var content = await OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
                await content.CopyToAsync(Stream.Null, 1 << 17, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ViaductException e) when (e.Code is "VIA1012" or "VIA1032")
        {
            return false;
        }
    }

    public Task PushManifestAsync(RawManifest manifest, CancellationToken cancellationToken) =>
        PushBlobAsync(new Blob(manifest.Descriptor, _ => ValueTask.FromResult<Stream>(MemoryBytes.AsStream(manifest.Bytes))), cancellationToken);

    public Task TagAsync(string tag, RawManifest manifest, CancellationToken cancellationToken) =>
        ReferenceGrammar.IsTag(tag) ? NameAsync(tag, manifest, cancellationToken)
        : throw OciErrors.BadReference(tag, "the tag has characters that a tag cannot have");

    /// <summary>
    /// Makes a manifest that is about another one present, and gives it an entry without a name in index.json: nothing else leads to it, and
    /// that is where oras keeps it too.
    /// </summary>
    public Task PushReferrerAsync(RawManifest manifest, CancellationToken cancellationToken) => PushReferrersAsync([manifest], cancellationToken);

    /// <summary>The same of several: index.json is written once.</summary>
    public async Task PushReferrersAsync(IReadOnlyCollection<RawManifest> manifests, CancellationToken cancellationToken)
    {
        foreach (var manifest in manifests) await PushManifestAsync(manifest, cancellationToken).ConfigureAwait(false);
        await EnterAsync(index => index.WithNameless(manifests.Select(m => m.Descriptor)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Points a name that is more than a tag at a manifest: <c>pause-amd64:3.10</c>, as ref.name may be (image-spec, annotations.md).</summary>
    public Task NameAsync(string name, RawManifest manifest, CancellationToken cancellationToken) => NameAsync(new LayoutName(name), manifest, cancellationToken);

    /// <summary>The same, beside entries that have the name too and are whole images' of other names.</summary>
    public async Task NameAsync(LayoutName name, RawManifest manifest, CancellationToken cancellationToken)
    {
        await PushManifestAsync(manifest, cancellationToken).ConfigureAwait(false);
        var entry = manifest.Descriptor with { Annotations = name.ToAnnotations() };
        await EnterAsync(index => index.With(entry), cancellationToken).ConfigureAwait(false);
    }

    /// <param name="change">Null when nothing is to be changed.</param>
    private async Task EnterAsync(Func<LayoutIndex, LayoutIndex?> change, CancellationToken cancellationToken)
    {
        await _tagging.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var index = await IndexAsync(cancellationToken).ConfigureAwait(false);
            if (change(index) is not { } changed) return;
            var bytes = changed.ToBytes();
            // What could not be read again is not written.
            if (bytes.Length > RawManifest.MaxSize) throw LayoutErrors.TooManyEntries(Folder);
            await AtomicFile.WriteAsync(PathOf(IndexFile), bytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _tagging.Release();
        }
    }

    /// <summary>What an attempt that was cut short can have left in a folder without marker.</summary>
    private static bool IsOurs(string path) =>
        Path.GetFileName(path) is var name && (name is IndexFile or "blobs" || name.StartsWith(AtomicFile.TemporaryPrefix, StringComparison.Ordinal));

    /// <summary>Where a layout keeps a blob, below its folder; only a parsed digest leads to a path.</summary>
    internal static string BlobFile(Digest digest) => $"blobs/{digest.Algorithm}/{digest.Hex}";

    private async Task<LayoutIndex> IndexAsync(CancellationToken cancellationToken) =>
        LayoutIndex.Parse(await ReadAsync(IndexFile, RawManifest.MaxSize, cancellationToken).ConfigureAwait(false) ?? throw Error("it has no index.json"), Error);

    private async Task<byte[]?> ReadAsync(string file, int limit, CancellationToken cancellationToken)
    {
        try
        {
            var stream = Open(file);
            await using (stream.ConfigureAwait(false))
                return await BoundedReading.AllAsync(stream, limit, () => Error($"{file} has more than {limit} bytes"), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private FileStream Open(string file) =>
        new(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    private ViaductException Error(string why) => LayoutErrors.BadLayout(why, Folder);
}
