using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Copying;

/// <summary>What a manifest of any type names.</summary>
/// <param name="Entries">Manifests.</param>
/// <param name="Blobs">To be carried.</param>
/// <param name="Foreign">Layers that stay elsewhere, or may do so where nobody has asked the source for them yet.</param>
internal sealed record ManifestContents(IReadOnlyList<Descriptor> Entries, IReadOnlyList<Descriptor> Blobs, IReadOnlyList<Descriptor> Foreign)
{
    /// <summary>ORAS' artifact manifest, which image-spec 1.1 took out again, and what else keeps to the shape of descriptors.</summary>
    private static readonly string[] BlobMembers = ["config", "layers", "blobs"];

    public static ManifestContents Of(RawManifest manifest)
    {
        if (manifest.IsIndex)
        {
            var entries = manifest.AsIndex().Manifests.DistinctBy(e => e.Digest).ToLookup(IsBlob);
            return new([.. entries[false]], [.. entries[true]], []);
        }
        var (config, layers) = manifest.IsImage ? ([manifest.AsImage().Config], manifest.AsImage().Layers) : Unknown(manifest);
        var carried = config.Concat(layers.Where(l => !ForeignLayers.MayBeAbsent(l))).DistinctBy(b => b.Digest).ToList();
        return new([], carried, [.. layers.Where(ForeignLayers.MayBeAbsent).DistinctBy(b => b.Digest).ExceptBy(carried.Select(b => b.Digest), b => b.Digest)]);
    }

    /// <summary>Layers with an address are carried where the source has them.</summary>
    public async Task<ManifestContents> HeldAsync(IContentSource source, CancellationToken cancellationToken)
    {
        var taken = new List<Descriptor>();
        foreach (var layer in Foreign)
            if (await ForeignLayers.IsTakenAsync(layer, source, cancellationToken).ConfigureAwait(false)) taken.Add(layer);
        return taken.Count == 0 ? this : this with { Blobs = [.. Blobs, .. taken], Foreign = [.. Foreign.Except(taken)] };
    }

    /// <summary>An entry that is a blob: BuildKit's cache is an index of layers and a config (moby/buildkit cache/remotecache/v1/doc.go).</summary>
    private static bool IsBlob(Descriptor entry) =>
        !MediaTypes.IsIndex(entry.MediaType) && !MediaTypes.IsImageManifest(entry.MediaType)
        && (entry.MediaType.Contains(".layer.", StringComparison.Ordinal) || entry.MediaType.Contains(".rootfs.", StringComparison.Ordinal)
            || entry.MediaType.StartsWith("application/vnd.buildkit.", StringComparison.Ordinal));

    private static (IReadOnlyList<Descriptor> Config, IReadOnlyList<Descriptor> Layers) Unknown(RawManifest manifest)
    {
        using var document = JsonDocument.Parse(manifest.Bytes, new JsonDocumentOptions { MaxDepth = 64 });
        var (found, layers) = (new List<Descriptor>(), new List<Descriptor>());
        foreach (var name in BlobMembers)
            if (document.RootElement.TryGetProperty(name, out var member))
                foreach (var element in member.ValueKind == JsonValueKind.Array ? member.EnumerateArray().ToArray() : [member])
                    if (Read(element) is { } blob) (name == "layers" ? layers : found).Add(blob);
        return (found, layers);
    }

    private static Descriptor? Read(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("digest", out var digest) && digest.ValueKind == JsonValueKind.String && Digest.TryParse(digest.GetString(), out var parsed)
        && element.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var bytes) && bytes >= 0
            ? new Descriptor(element.TryGetProperty("mediaType", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "", parsed, bytes)
            : null;
}
