using System.IO.Compression;
using System.Security.Cryptography;
using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Layouts;

/// <summary>
/// The files of an archive, each read once, hashed and kept in a spool. No path of the archive ever becomes one of this machine.
/// </summary>
internal sealed class ArchiveFiles
{
    private const int MaxLinks = 8;

    private readonly Dictionary<string, Blob> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<Digest, Blob> _blobs = [];

    public static async Task<ArchiveFiles> ReadAsync(Stream input, BlobSpool spool, ImageArchiveLimits limits, CancellationToken cancellationToken)
    {
        var files = new ArchiveFiles();
        try
        {
            await files.FillAsync(input, spool, limits, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.Code is "VIA1020" or "VIA1021" or "VIA1023" or "VIA1024")
        {
            // The reader of tars speaks of layers.
            throw LayoutErrors.BadArchive(e.Message);
        }
        return files;
    }

    private async Task FillAsync(Stream input, BlobSpool spool, ImageArchiveLimits limits, CancellationToken cancellationToken)
    {
        var tar = new TarReader(await PlainAsync(input, limits.Bytes, cancellationToken).ConfigureAwait(false));
        var (entries, bytes) = (0, 0L);
        while (await tar.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
        {
            if (++entries > limits.Entries) throw LayoutErrors.BadArchive($"it has more than {limits.Entries} entries");
            switch (entry.Kind)
            {
                case TarEntryKind.Directory:
                    break;
                case TarEntryKind.File:
                    if ((bytes += entry.Size) > limits.Bytes) throw LayoutErrors.BadArchive($"it has more than {limits.Bytes} bytes");
                    Add(entry.Path, await SpoolAsync(tar.Content, spool, cancellationToken).ConfigureAwait(false));
                    break;
                // docker before 25 writes a layer once and links to it from the other images.
                case TarEntryKind.SymbolicLink:
                    AddLink(entry.Path, $"{entry.Path}/../{entry.LinkTarget}");
                    break;
                case TarEntryKind.HardLink:
                    AddLink(entry.Path, entry.LinkTarget ?? "");
                    break;
                default:
                    throw LayoutErrors.BadArchive($"'{OciErrors.Shorten(entry.Path)}' is neither file nor link");
            }
        }
    }

    public Blob? Find(string path)
    {
        for (var hops = 0; hops <= MaxLinks; hops++)
        {
            if (_files.TryGetValue(path, out var file)) return file;
            if (!_links.TryGetValue(path, out var target)) return null;
            path = target;
        }
        throw LayoutErrors.BadArchive($"'{OciErrors.Shorten(path)}' is a link to a link to a link");
    }

    public Blob? Find(Digest digest) => _blobs.GetValueOrDefault(digest);

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) =>
        Find(path) is { } file ? await ReadAsync(file, path, cancellationToken).ConfigureAwait(false) : null;

    public static async Task<byte[]> ReadAsync(Blob file, string path, CancellationToken cancellationToken)
    {
        var stream = await file.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
            return await BoundedReading.AllAsync(stream, RawManifest.MaxSize,
                () => LayoutErrors.BadArchive($"'{OciErrors.Shorten(path)}' has more than {RawManifest.MaxSize} bytes"), cancellationToken).ConfigureAwait(false);
    }

    private void Add(string path, Blob file)
    {
        if (_links.ContainsKey(path) || !_files.TryAdd(path, file)) throw Twice(path);
        _blobs.TryAdd(file.Descriptor.Digest, file);
        if (path.Split('/') is ["blobs", "sha256", var hex] && Digest.TryParse("sha256:" + hex, out var named) && named != file.Descriptor.Digest)
            throw OciErrors.ContentMismatch(named, $"the bytes hash to {file.Descriptor.Digest}");
    }

    private void AddLink(string path, string target)
    {
        var parts = new List<string>();
        foreach (var part in target.Split('/'))
            switch (part)
            {
                case "" or ".":
                    break;
                case "..":
                    if (parts.Count == 0) throw LayoutErrors.BadArchive($"the link '{OciErrors.Shorten(path)}' leads out of it");
                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        if (_files.ContainsKey(path) || !_links.TryAdd(path, string.Join('/', parts))) throw Twice(path);
    }

    private static ViaductException Twice(string path) => LayoutErrors.BadArchive($"'{OciErrors.Shorten(path)}' is in it twice");

    private static async Task<Blob> SpoolAsync(Stream content, BlobSpool spool, CancellationToken cancellationToken)
    {
        var output = spool.Begin();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            hash.AppendData(buffer, 0, count);
            await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
        return output.Seal(new Descriptor("", Digest.FromSha256(hash.GetHashAndReset()), output.Length));
    }

    /// <summary>docker load takes archives that gzip has compressed as a whole.</summary>
    private static async Task<Stream> PlainAsync(Stream input, long limit, CancellationToken cancellationToken)
    {
        var first = new byte[2];
        var count = await input.ReadAtLeastAsync(first, 2, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var whole = new CountingStream(first.AsMemory(0, count), input);
        return first is [0x1f, 0x8b]
            ? new BoundedStream(new GZipStream(whole, CompressionMode.Decompress), whole, LayerLimits.Default with { MaxBytes = limit + (limit >> 1) }, "archive")
            : whole;
    }
}
