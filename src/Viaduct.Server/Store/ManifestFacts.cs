using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>What a registry has to know of a manifest: what must be there before it, what it refers to, and how it is listed.</summary>
internal sealed record ManifestFacts
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Config and layers, without those that are not distributed through registries.</summary>
    public IReadOnlyList<Digest> Blobs { get; private init; } = [];

    /// <summary>The entries of an index. BuildKit's cache lists layers there, so an entry may be a blob too.</summary>
    public IReadOnlyList<Digest> Children { get; private init; } = [];

    public Digest? Subject { get; private init; }

    /// <summary>The manifest's own, else the config's media type (distribution-spec, "Listing Referrers").</summary>
    public string? ArtifactType { get; private init; }

    public bool NamesItsMediaType { get; private init; }

    /// <summary>The member as it is written; it goes into the list of referrers.</summary>
    public string? Annotations { get; private init; }

    /// <exception cref="ViaductException">VIA1010: a descriptor that is none.</exception>
    public static ManifestFacts Read(RawManifest manifest)
    {
        using var document = JsonDocument.Parse(manifest.Bytes, Options);
        var root = document.RootElement;
        var (blobs, children, subject) = manifest switch
        {
            { IsImage: true } => ImageFacts(manifest.AsImage(), root),
            { IsIndex: true } => IndexFacts(manifest.AsIndex()),
            _ => ([], [], SubjectOf(root)),
        };
        return new ManifestFacts
        {
            Blobs = blobs,
            Children = children,
            Subject = subject,
            ArtifactType = Text(root, "artifactType") ?? (manifest.IsImage && root.TryGetProperty("config", out var config) ? Text(config, "mediaType") : null),
            NamesItsMediaType = Text(root, "mediaType") is not null,
            Annotations = root.TryGetProperty("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Object ? annotations.GetRawText() : null,
        };
    }

    private static (IReadOnlyList<Digest>, IReadOnlyList<Digest>, Digest?) ImageFacts(ImageManifest image, JsonElement root)
    {
        List<Digest> blobs = [image.Config.Digest];
        if (image.Layers.Count > 0)
            foreach (var (layer, element) in image.Layers.Zip(root.GetProperty("layers").EnumerateArray()))
                if (!IsElsewhere(layer, element))
                    blobs.Add(layer.Digest);
        return (blobs, [], image.Subject?.Digest);
    }

    private static (IReadOnlyList<Digest>, IReadOnlyList<Digest>, Digest?) IndexFacts(ImageIndex index) =>
        ([], [.. index.Manifests.Select(m => m.Digest)], index.Subject?.Digest);

    private static Digest? SubjectOf(JsonElement root) =>
        root.TryGetProperty("subject", out var subject) && Text(subject, "digest") is { } text ? Digest.Parse(text) : null;

    // image-spec, layer.md, "Non-Distributable Layers"; Docker's foreign layers.
    private static bool IsElsewhere(Descriptor layer, JsonElement element) =>
        layer.MediaType.Contains(".nondistributable.", StringComparison.Ordinal)
        || layer.MediaType.Contains(".foreign.", StringComparison.Ordinal)
        || (element.TryGetProperty("urls", out var urls) && urls.ValueKind == JsonValueKind.Array && urls.GetArrayLength() > 0);

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text ? text : null;
}
