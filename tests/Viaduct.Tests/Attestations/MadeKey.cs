using System.Security.Cryptography;
using Viaduct.Attestations;

namespace Viaduct.Tests.Attestations;

/// <summary>A pair of keys that a test made for itself.</summary>
internal sealed class MadeKey : IDisposable
{
    private readonly ECDsa? _curve;
    private readonly RSA? _rsa;
    private readonly HashAlgorithmName _hash;
    private readonly RSASignaturePadding _padding = RSASignaturePadding.Pkcs1;

    /// <param name="kind"><c>P-256</c>, <c>P-384</c>, <c>P-384-sha256</c> as cosign 2 signs with it, <c>P-521</c>, <c>RSA</c>, <c>RSA-PSS</c>.</param>
    public MadeKey(string kind = "P-256")
    {
        _hash = kind switch { "P-384" => HashAlgorithmName.SHA384, "P-521" => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 };
        if (kind.StartsWith("RSA", StringComparison.Ordinal)) _rsa = RSA.Create(2048);
        else _curve = ECDsa.Create(kind switch { "P-256" => ECCurve.NamedCurves.nistP256, "P-521" => ECCurve.NamedCurves.nistP521, _ => ECCurve.NamedCurves.nistP384 });
        if (kind == "RSA-PSS") _padding = RSASignaturePadding.Pss;
    }

    public ECDsa Curve => _curve!;

    public string Pem => _curve?.ExportSubjectPublicKeyInfoPem() ?? _rsa!.ExportSubjectPublicKeyInfoPem();

    public string Hint => Convert.ToBase64String(SHA256.HashData(_curve?.ExportSubjectPublicKeyInfo() ?? _rsa!.ExportSubjectPublicKeyInfo()));

    public SignatureKey Public => SignatureKey.Parse(Pem, "cosign.pub");

    public byte[] Sign(byte[] message) => _curve?.SignData(message, _hash, DSASignatureFormat.Rfc3279DerSequence) ?? _rsa!.SignData(message, _hash, _padding);

    public void Dispose()
    {
        _curve?.Dispose();
        _rsa?.Dispose();
    }
}
