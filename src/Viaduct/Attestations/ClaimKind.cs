namespace Viaduct.Attestations;

/// <summary>What is claimed of an image.</summary>
public enum ClaimKind
{
    /// <summary>How it was made, and of what (slsa.dev/spec, provenance).</summary>
    Provenance,

    /// <summary>What is in it: SPDX or CycloneDX.</summary>
    Sbom,

    /// <summary>That somebody stands for its digest.</summary>
    Signature,

    /// <summary>Something else; it is named and not judged.</summary>
    Other,
}
