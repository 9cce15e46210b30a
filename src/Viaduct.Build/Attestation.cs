using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>Provenance or SBOM that a builder made beside an image (moby/buildkit docs/attestations/attestation-storage.md).</summary>
/// <param name="Entry">Its entry of a list: platform <c>unknown/unknown</c>, and annotations that name the image's digest.</param>
public sealed record Attestation(Descriptor Entry, RawManifest Manifest, IReadOnlyList<Blob> Blobs);
