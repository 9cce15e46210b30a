using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Attestations;

/// <summary>One statement or signature about an image, and what was found in it.</summary>
/// <param name="Manifest">The manifest that carries it.</param>
public sealed record Claim(ClaimKind Kind, ClaimPlace Place, Digest Manifest)
{
    /// <summary>The blob that it stands in; null when there is none that is read.</summary>
    public Descriptor? Blob { get; init; }

    /// <summary>How it is written: the media type of the blob, or the artifact type.</summary>
    public string Form { get; init; } = "";

    /// <summary>The kind of statement, by the statement itself; null when it is none.</summary>
    public string? PredicateType { get; init; }

    public SignatureState Signature { get; init; }

    public Signer? Signer { get; init; }

    public Provenance? Provenance { get; init; }

    public Sbom? Sbom { get; init; }

    /// <summary>The statement's predicate, byte for byte as it is there; empty unless it was asked for.</summary>
    public ReadOnlyMemory<byte> Predicate { get; init; }

    public IReadOnlyList<ReviewFinding> Findings { get; init; } = [];

    /// <summary>It could be read, and it says nothing that contradicts what it is about.</summary>
    public bool IsSound => Findings.All(f => f.Verdict != Verdict.Failure);
}
