using System.Text.Json;

namespace Viaduct.Oci;

/// <summary>What a registry, and whoever copies, has to know of a manifest: what must be there before it, what it refers to, and how it is listed.</summary>
public sealed record ManifestFacts
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Config and layers, without layers that may be elsewhere.</summary>
    public IReadOnlyList<Digest> Blobs { get; private init; } = [];

    /// <summary>The entries of an index. BuildKit's cache lists layers there, so an entry may be a blob too.</summary>
    public IReadOnlyList<Digest> Children { get; private init; } = [];

    public Digest? Subject { get; private init; }

    /// <summary>The manifest's own, else the config's media type (distribution-spec, "Listing Referrers").</summary>
    public string? ArtifactType { get; private init; }

    public bool NamesItsMediaType { get; private init; }

    /// <summary>The member as it is written; it goes into the list of referrers.</summary>
    public string? Annotations { get; private init; }

    /// <summary><see cref="Annotations"/>, read.</summary>
    /// <exception cref="ViaductException">VIA1010: an annotation that is not text.</exception>
    public IReadOnlyDictionary<string, string> AnnotationMap()
    {
        if (Annotations is null) return Descriptor.Empty;
        using var document = JsonDocument.Parse($$"""{"annotations":{{Annotations}}}""", Options);
        return document.RootElement.Map("annotations", why => OciErrors.BadManifest(why, null));
    }

    /// <exception cref="ViaductException">VIA1010: a descriptor that is none.</exception>
    public static ManifestFacts Read(RawManifest manifest)
    {
        using var document = JsonDocument.Parse(manifest.Bytes, Options);
        var root = document.RootElement;
        var (blobs, children, subject) = manifest switch
        {
            { IsImage: true } => ImageFacts(manifest.AsImage()),
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

    private static (IReadOnlyList<Digest>, IReadOnlyList<Digest>, Digest?) ImageFacts(ImageManifest image) =>
        ([image.Config.Digest, .. image.Layers.Where(l => !ForeignLayers.MayBeAbsent(l)).Select(l => l.Digest)], [], image.Subject?.Digest);

    private static (IReadOnlyList<Digest>, IReadOnlyList<Digest>, Digest?) IndexFacts(ImageIndex index) =>
        ([], [.. index.Manifests.Select(m => m.Digest)], index.Subject?.Digest);

    private static Digest? SubjectOf(JsonElement root) =>
        root.TryGetProperty("subject", out var subject) && Text(subject, "digest") is { } text ? Digest.Parse(text) : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text ? text : null;
}
