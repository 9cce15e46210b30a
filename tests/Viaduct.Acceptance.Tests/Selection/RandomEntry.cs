using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>An entry of a list that is to be made.</summary>
/// <param name="Listed">What the list says; null for an entry without platform.</param>
/// <param name="Config">What the image's config says; null for a nested list.</param>
internal sealed record RandomEntry(Platform? Listed, Platform? Config)
{
    public IReadOnlyList<RandomEntry> Nested { get; init; } = [];

    /// <summary>The place of the entry whose very image this one is again; null for an image of its own.</summary>
    public int? Again { get; init; }

    public bool IsAttestation => Listed is { Os: "unknown", Architecture: "unknown" };

    public IEnumerable<Platform> Platforms => new[] { Listed, Config }.OfType<Platform>().Concat(Nested.SelectMany(n => n.Platforms));

    public override string ToString()
    {
        if (Config is null) return $"index{(Listed is null ? "" : $"{{{Listed}}}")}({string.Join(", ", Nested)})";
        var same = Again is null ? "" : $" (the image of {Again})";
        return (Listed is null ? $"none|{Config}" : Listed == Config ? $"{Listed}" : $"{Listed}|{Config}") + same;
    }
}
