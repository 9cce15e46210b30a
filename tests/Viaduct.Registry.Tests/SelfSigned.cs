using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Viaduct.Registry.Tests;

/// <summary>Certificates that nobody vouches for.</summary>
internal static class SelfSigned
{
    public static X509Certificate2 Certificate { get; } = Make();

    /// <param name="days">When it ends to count, from now.</param>
    /// <param name="names">Of hosts and addresses, beside the common name.</param>
    public static X509Certificate2 Make(int days = 1, params string[] names)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var more = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) more.AddIpAddress(address);
            else more.AddDnsName(name);
        }
        if (names.Length > 0) request.CertificateExtensions.Add(more.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(days - 2), DateTimeOffset.UtcNow.AddDays(days));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
