using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>An attestation of an image of a local list.</summary>
/// <param name="Entry">The entry that it has in a list, with its annotations; <see cref="AttestationEntry.IsOf"/> tells the image.</param>
/// <param name="Repository">Where its blobs are.</param>
public sealed record StoredAttestation(Descriptor Entry, Reference Repository, RawManifest Manifest);
