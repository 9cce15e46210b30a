using System.Text.Json;

namespace Viaduct.Oci;

/// <summary>
/// A manifest is its bytes: they are what was hashed and what is pushed again, never something serialised anew.
/// <see cref="AsImage"/> and <see cref="AsIndex"/> are views.
/// </summary>
public sealed class RawManifest
{
    /// <summary>What registries and clients of the field read at most (distribution-spec, "Pushing Manifests").</summary>
    public const int MaxSize = 4 << 20;

    private RawManifest(string mediaType, ReadOnlyMemory<byte> bytes, Digest digest)
    {
        MediaType = mediaType;
        Bytes = bytes;
        Digest = digest;
    }

    public string MediaType { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of the bytes, or the digest by which they were asked for.</summary>
    public Digest Digest { get; }

    public Descriptor Descriptor => new(MediaType, Digest, Bytes.Length);

    public bool IsIndex => MediaTypes.IsIndex(MediaType);

    public bool IsImage => MediaTypes.IsImageManifest(MediaType);

    /// <param name="mediaType">The Content-Type it came with, without parameters; null when there was none.</param>
    /// <param name="where">What the error names: a reference or a file.</param>
    /// <exception cref="ViaductException">
    /// VIA1010: no JSON, too large, a media type that contradicts the header, or members of both images and lists (CVE-2021-41190).
    /// VIA1012: the bytes do not have the digest by which they were asked for.
    /// </exception>
    public static RawManifest Parse(ReadOnlyMemory<byte> bytes, string? mediaType, string? where = null, Digest? digest = null)
    {
        if (bytes.Length > MaxSize) throw OciErrors.BadManifest($"it has {bytes.Length} bytes, more than {MaxSize}", where);
        if (digest is { } wanted && !wanted.Matches(bytes.Span))
            throw OciErrors.ContentMismatch(wanted, $"the bytes hash to {Oci.Digest.Sha256(bytes.Span)}");
        Exception Error(string why) => OciErrors.BadManifest(why, where);
        using var document = JsonReading.Parse(bytes, Error);
        var root = document.RootElement;
        RefuseOtherCase(root, Error);
        var inside = root.Text("mediaType", Error) is { Length: > 0 } text ? text : null;
        if (root.Integer("schemaVersion", Error) is 1 || root.Member("fsLayers") is not null)
            throw Error("it has Docker's schema 1, which runtimes no longer pull; build the image again");
        var (config, layers, manifests) = (root.Member("config") is not null, root.Member("layers") is not null, root.Member("manifests") is not null);
        if ((config || layers) && manifests)
            throw Error($"it has both {(layers ? "layers" : "a config")} and manifests, so clients may read it differently");
        if (inside is not null && mediaType is not null && inside != mediaType && IsManifestType(mediaType))
            throw Error($"it was sent as {mediaType} and says that it is {inside}");
        var type = inside ?? (mediaType is not null && IsManifestType(mediaType) ? mediaType : Guess(root));
        if (type is not null && ((MediaTypes.IsIndex(type) && (config || layers)) || (MediaTypes.IsImageManifest(type) && manifests)))
            throw Error($"it is a {type} and holds {(manifests ? "manifests" : layers ? "layers" : "a config")}, so clients may read it differently");
        return new RawManifest(type ?? mediaType ?? "", bytes, digest ?? Digest.Sha256(bytes.Span));
    }

    /// <exception cref="ViaductException">VIA1010 when this is not an image manifest or a descriptor is malformed.</exception>
    public ImageManifest AsImage(string? where = null) => ImageManifest.Read(this, where);

    /// <exception cref="ViaductException">VIA1010 when this is not an index or list, or a descriptor is malformed.</exception>
    public ImageIndex AsIndex(string? where = null) => ImageIndex.Read(this, where);

    internal JsonDocument Open(Func<string, Exception> error) => JsonReading.Parse(Bytes, error);

    private static bool IsManifestType(string mediaType) => MediaTypes.IsIndex(mediaType) || MediaTypes.IsImageManifest(mediaType);

    /// <summary>encoding/json takes member names in any case, other readers do not: what both read must be the same manifest.</summary>
    private static void RefuseOtherCase(JsonElement root, Func<string, Exception> error)
    {
        foreach (var member in root.EnumerateObject())
            foreach (var known in Known)
                if (member.Name != known && member.Name.Equals(known, StringComparison.OrdinalIgnoreCase))
                    throw error($"it writes '{member.Name}' for {known}, so clients may read it differently");
    }

    private static readonly string[] Known = ["schemaVersion", "mediaType", "artifactType", "config", "layers", "manifests", "subject", "fsLayers"];

    private static string? Guess(JsonElement root) =>
        root.Member("manifests") is not null ? MediaTypes.OciIndex : root.Member("layers") is not null ? MediaTypes.OciManifest : null;
}
