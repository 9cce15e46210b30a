namespace Viaduct.Oci;

/// <summary>A pointer to content (image-spec, descriptor.md). Two are equal when all their members are.</summary>
public sealed record Descriptor(string MediaType, Digest Digest, long Size)
{
    public Platform? Platform { get; init; }

    public string? ArtifactType { get; init; }

    /// <summary>Where else the content is: the foreign layers of Windows bases, which registries may not hold.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = Empty;

    internal static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();

    public bool Equals(Descriptor? other) =>
        other is not null && MediaType == other.MediaType && Digest == other.Digest && Size == other.Size
        && Equals(Platform, other.Platform) && ArtifactType == other.ArtifactType && Urls.SequenceEqual(other.Urls)
        && Annotations.Count == other.Annotations.Count
        && Annotations.All(a => other.Annotations.TryGetValue(a.Key, out var value) && value == a.Value);

    public override int GetHashCode() => HashCode.Combine(MediaType, Digest, Size);
}
