using Viaduct.Oci;

namespace Viaduct.Attestations;

/// <summary>A list or image, with what is claimed of it.</summary>
/// <param name="Platform">Of an entry of a list; null for what was named, and where the list names none.</param>
public sealed record ReviewedManifest(Descriptor Descriptor, Platform? Platform, IReadOnlyList<Claim> Claims)
{
    /// <summary>What is the matter with it beside what stands at its claims.</summary>
    public IReadOnlyList<ReviewFinding> Findings { get; init; } = [];

    /// <summary>For people: the platform, or the digest where there is none.</summary>
    public string Label => Platform?.ToString() ?? Descriptor.Digest.ToString();
}
