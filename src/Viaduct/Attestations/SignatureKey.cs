using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Viaduct.Oci;

namespace Viaduct.Attestations;

/// <summary>A public key that signatures are checked with: ECDSA over a NIST curve, or RSA of at least 2048 bits.</summary>
public sealed class SignatureKey : IDisposable
{
    /// <summary>A PEM file of a key is below a kilobyte.</summary>
    public const int MaxFile = 64 << 10;

    private const int FewestRsaBits = 2048;
    private const string Ed25519 = "1.3.101.112";

    private readonly ECDsa? _curve;
    private readonly RSA? _rsa;

    private SignatureKey(byte[] der, ECDsa? curve, RSA? rsa)
    {
        (_curve, _rsa) = (curve, rsa);
        var hash = SHA256.HashData(der);
        Fingerprint = Digest.FromSha256(hash);
        Hint = Convert.ToBase64String(hash);
    }

    /// <summary>Of the SubjectPublicKeyInfo.</summary>
    public Digest Fingerprint { get; }

    /// <summary>What cosign writes into a bundle to say which key was used.</summary>
    internal string Hint { get; }

    /// <param name="pem">As <c>cosign generate-key-pair</c> and <c>openssl … -pubout</c> write it.</param>
    /// <exception cref="ViaductException">VIA5088 when it is no public key, or one that cannot be checked with.</exception>
    public static SignatureKey Parse(string pem, string where)
    {
        if (!PemEncoding.TryFind(pem, out var fields)) throw AttestationErrors.BadKey(where, "it holds no PEM");
        var label = pem[fields.Label];
        if (label != "PUBLIC KEY") throw AttestationErrors.BadKey(where, $"it holds a {(label.Contains("PRIVATE") ? "private key" : label == "CERTIFICATE" ? "certificate" : "PEM of another kind")}");
        try
        {
            var der = Convert.FromBase64String(pem[fields.Base64Data]);
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(der, out var read);
            if (read != der.Length) throw AttestationErrors.BadKey(where, "something follows the key");
            if (key.Oid.Value == Ed25519) throw AttestationErrors.BadKey(where, "it is an Ed25519 key, which cannot be checked with here");
            if (key.GetECDsaPublicKey() is { } curve) return new SignatureKey(der, curve, null);
            if (key.GetRSAPublicKey() is not { } rsa) throw AttestationErrors.BadKey(where, "it is a key of another kind");
            return rsa.KeySize >= FewestRsaBits ? new SignatureKey(der, null, rsa) : throw AttestationErrors.BadKey(where, $"it is an RSA key of {rsa.KeySize} bits, which is too few");
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw AttestationErrors.BadKey(where, "the key in it cannot be read");
        }
    }

    /// <summary>Whether one of the signatures is of the message and made with this key.</summary>
    internal bool Made(IEnumerable<byte[]> signatures, byte[] message) => signatures.Any(s => Made(s, message));

    public void Dispose()
    {
        _curve?.Dispose();
        _rsa?.Dispose();
    }

    /// <summary>
    /// cosign 2 hashes with SHA-256 whatever the curve; sigstore's bundles with what fits the curve, and RSA is PKCS#1 v1.5 unless PSS was asked for
    /// (sigstore/architecture-docs, algorithm-registry.md).
    /// </summary>
    private bool Made(byte[] signature, byte[] message)
    {
        try
        {
            if (_curve is not null)
                return new[] { HashAlgorithmName.SHA256, _curve.KeySize <= 384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA512 }
                    .Any(hash => _curve.VerifyData(message, signature, hash, DSASignatureFormat.Rfc3279DerSequence));
            return _rsa!.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                || _rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }
        catch (CryptographicException)
        {
            // Not even a signature in form.
            return false;
        }
    }
}
