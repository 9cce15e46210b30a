using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Viaduct.Attestations;

/// <summary>Who a certificate of a keyless signature is for. Neither its chain nor its time is checked.</summary>
internal static class SigningCertificate
{
    /// <summary>Fulcio's extensions (sigstore/fulcio, docs/oid-info.md): the issuer as text, and newer as a UTF8String.</summary>
    private const string OldIssuer = "1.3.6.1.4.1.57264.1.1";
    private const string Issuer = "1.3.6.1.4.1.57264.1.8";
    private const string AlternativeName = "2.5.29.17";

    /// <exception cref="FormatException">It cannot be read.</exception>
    public static Signer Read(byte[] der)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            return new Signer(null, Extension(certificate, AlternativeName) is { } names ? FirstName(names) : null,
                Extension(certificate, Issuer) is { } issuer ? AsnDecoder.ReadCharacterString(issuer, AsnEncodingRules.DER, UniversalTagNumber.UTF8String, out _)
                    : Extension(certificate, OldIssuer) is { } old ? Encoding.UTF8.GetString(old) : null);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            throw new FormatException("the certificate cannot be read", e);
        }
    }

    /// <exception cref="FormatException">It cannot be read.</exception>
    public static Signer ReadPem(string pem) => PemEncoding.TryFind(pem, out var fields)
        ? Read(Convert.FromBase64String(pem[fields.Base64Data])) : throw new FormatException("the certificate is no PEM");

    private static byte[]? Extension(X509Certificate2 certificate, string oid) => certificate.Extensions.FirstOrDefault(e => e.Oid?.Value == oid)?.RawData;

    /// <summary>The first mail address or URI of a GeneralNames (RFC 5280, 4.2.1.6).</summary>
    private static string? FirstName(byte[] names)
    {
        var reader = new AsnReader(names, AsnEncodingRules.DER).ReadSequence();
        while (reader.HasData)
        {
            var tag = reader.PeekTag();
            if (tag.HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 1)) || tag.HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 6)))
                return reader.ReadCharacterString(UniversalTagNumber.IA5String, tag);
            reader.ReadEncodedValue();
        }
        return null;
    }
}
