using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Viaduct.Registry;

/// <summary>Whose certificates count: those of the system's authorities, and of those that docker's certs.d names for a registry.</summary>
internal static class TlsOptions
{
    private const string AlternativeNames = "2.5.29.17";

    /// <param name="known">For this registry, and for where it sends for tokens and blobs.</param>
    /// <param name="any">As docker's <c>--insecure</c>.</param>
    public static SslClientAuthenticationOptions Of(DockerCertificates known, bool any)
    {
        var options = any ? AnyCertificate() : new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (sender, shown, chain, errors) => errors == SslPolicyErrors.None || Judge(known, (SslStream)sender, shown, chain, errors),
        };
        known.ShowBy(options);
        return options;
    }

    public static SslClientAuthenticationOptions AnyCertificate() => new()
    {
#pragma warning disable CA5359 // It is what the option asks for.
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
    };

    private static bool Judge(DockerCertificates known, SslStream connection, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is not X509Certificate2 certificate || chain is null) return false;
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && known.VouchFor(certificate, chain.ChainPolicy.ExtraStore)) return true;
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        var kind = chain.ChainElements[0].ChainElementStatus.Any(s => s.Status == X509ChainStatusFlags.NotTimeValid) ? CertificateFaultKind.Expired
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? CertificateFaultKind.OtherName
            : CertificateFaultKind.Untrusted;
        var names = certificate.Extensions[AlternativeNames] is { } extension ? new X509SubjectAlternativeNameExtension(extension.RawData) : null;
        throw new CertificateException(new CertificateFault(kind, from, until, [.. names?.EnumerateDnsNames() ?? [], .. names?.EnumerateIPAddresses().Select(a => a.ToString()) ?? []]),
            kind switch
            {
                CertificateFaultKind.Expired => $"its certificate counts from {from:u} until {until:u}",
                CertificateFaultKind.OtherName => $"its certificate is not for {connection.TargetHostName}",
                _ => $"nobody who is trusted here vouches for its certificate ({string.Join(", ", chain.ChainStatus.Select(s => s.Status).Distinct())})",
            });
    }
}
