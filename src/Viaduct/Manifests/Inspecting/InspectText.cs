using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>docker's forms of what it inspects (docker/cli cli/command/manifest/inspect.go): tabs for images, three spaces for lists, a newline at the end.</summary>
internal static class InspectText
{
    private static readonly Platform Unsaid = new("", "");

    public static byte[] Tabs(ReadOnlyMemory<byte> json) => [.. GoJson.Indent(json.Span, "\t"u8), (byte)'\n'];

    /// <summary>A stranger's list with nothing taken away.</summary>
    public static byte[] Spaces(ReadOnlyMemory<byte> json) => [.. GoJson.Indent(json.Span, "   "u8), (byte)'\n'];

    /// <summary>docker's local file of an image, for people.</summary>
    public static byte[] Verbose(StoredManifest image) => Tabs(StoreFile.Write(image));

    public static byte[] Verbose(IReadOnlyList<StoredManifest> images)
    {
        using var array = new MemoryStream();
        array.WriteByte((byte)'[');
        for (var i = 0; i < images.Count; i++)
        {
            if (i > 0) array.WriteByte((byte)',');
            array.Write(StoreFile.Write(images[i]));
        }
        array.WriteByte((byte)']');
        return Tabs(array.ToArray());
    }

    /// <summary>A list built again, as docker pushes it; a platform that nobody said has empty words.</summary>
    public static byte[] List(IEnumerable<Descriptor> images, IEnumerable<Descriptor>? attestations = null, IReadOnlyDictionary<string, string>? annotations = null) =>
        [.. ManifestList.WriteInOrder(images.Select(i => i with { Platform = i.Platform ?? Unsaid }), attestations, annotations).Bytes.Span, (byte)'\n'];

    /// <summary>What docker keeps of a list's entry.</summary>
    public static Descriptor Plain(Descriptor entry) => new(entry.MediaType, entry.Digest, entry.Size) { Platform = entry.Platform ?? Unsaid };
}
