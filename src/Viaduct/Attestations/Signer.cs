namespace Viaduct.Attestations;

/// <summary>Who a signature says that it is by. It is shown, and nothing is believed for it.</summary>
/// <param name="Hint">Which key: of cosign, the base64 of the SHA-256 of the public key (sigstore/protobuf-specs, PublicKeyIdentifier).</param>
/// <param name="Identity">The subject alternative name of a certificate: a mail address, or the URL of a workflow.</param>
/// <param name="Issuer">Who vouched for the identity when the certificate was made.</param>
public sealed record Signer(string? Hint, string? Identity, string? Issuer);
