namespace Viaduct.Oci;

/// <summary>How a list marks provenance and SBOMs of its images (moby/buildkit docs/attestations/attestation-storage.md).</summary>
public static class AttestationEntry
{
    private const string ReferenceType = "vnd.docker.reference.type";
    private const string ReferenceDigest = "vnd.docker.reference.digest";

    private const string AttestationManifest = "attestation-manifest";

    /// <summary>The entry of an attestation of <paramref name="image"/>: for a platform that no runtime is.</summary>
    public static Descriptor Make(Descriptor attestation, Digest image) => new(attestation.MediaType, attestation.Digest, attestation.Size)
    {
        Platform = new Platform("unknown", "unknown"),
        Annotations = new Dictionary<string, string> { [ReferenceDigest] = image.ToString(), [ReferenceType] = AttestationManifest },
    };

    /// <summary>The image that it says it is about, as it is written; null when it names none.</summary>
    public static string? ImageOf(Descriptor entry) => entry.Annotations.GetValueOrDefault(ReferenceDigest);

    public static bool IsOf(Descriptor entry, Digest image) => entry.Annotations.GetValueOrDefault(ReferenceDigest) == image.ToString();

    public static bool Is(Descriptor entry) => entry.Annotations.ContainsKey(ReferenceType);
}
