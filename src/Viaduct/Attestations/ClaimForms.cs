using Viaduct.Oci;

namespace Viaduct.Attestations;

/// <summary>The media types and annotations in which claims are kept.</summary>
internal static class ClaimForms
{
    /// <summary>A statement as it is (in-toto/attestation, spec/v1/statement.md), as BuildKit keeps it; and the payload of an envelope.</summary>
    public const string InToto = "application/vnd.in-toto+json";

    /// <summary>A statement in a signed envelope, as cosign 2 keeps it.</summary>
    public const string Dsse = "application/vnd.dsse.envelope.v1+json";

    /// <summary>A signature over a digest, as cosign 2 keeps it (containers/image docs/containers-signature.5.md).</summary>
    public const string SimpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json";

    /// <summary>The predicate of a signature of cosign 3: it claims nothing but the digest.</summary>
    public const string CosignSignature = "https://sigstore.dev/cosign/sign/v1";

    public const string PredicateAnnotation = "in-toto.io/predicate-type";
    public const string CosignPredicateAnnotation = "predicateType";
    public const string BundlePredicateAnnotation = "dev.sigstore.bundle.predicateType";
    public const string SignatureAnnotation = "dev.cosignproject.cosign/signature";
    public const string CertificateAnnotation = "dev.sigstore.cosign/certificate";

    private const string Bundle = "application/vnd.dev.sigstore.bundle";
    private const string Notation = "application/vnd.cncf.notary.signature";

    private static readonly string[] Sboms = ["application/spdx+json", "text/spdx+json", "application/vnd.cyclonedx+json"];

    public static bool IsBundle(string mediaType) => mediaType.StartsWith(Bundle, StringComparison.Ordinal);

    public static bool IsSbom(string mediaType) => Sboms.Contains(mediaType.Split(';')[0].Trim());

    public static bool IsRead(Descriptor layer) =>
        layer.MediaType is InToto or Dsse or SimpleSigning || IsBundle(layer.MediaType) || IsSbom(layer.MediaType);

    public static bool IsNotation(string artifactType) => artifactType == Notation;
}
