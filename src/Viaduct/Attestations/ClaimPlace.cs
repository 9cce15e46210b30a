namespace Viaduct.Attestations;

/// <summary>Where a claim was found.</summary>
public enum ClaimPlace
{
    /// <summary>An entry of the list itself, so that the list's digest covers it (moby/buildkit docs/attestations/attestation-storage.md).</summary>
    List,

    /// <summary>A manifest that names the image as its subject (distribution-spec, "Listing Referrers").</summary>
    Referrer,

    /// <summary>A tag of cosign 2: <c>sha256-HEX.sig</c>, <c>.att</c> or <c>.sbom</c> (sigstore/cosign, specs/SIGNATURE_SPEC.md).</summary>
    Tag,
}
