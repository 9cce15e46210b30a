using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Viaduct.Oci;

namespace Viaduct.Build.Engines.Connections;

/// <summary>What docker's client takes from <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> (docker/cli cli/context/docker/load.go, tlsConfig).</summary>
/// <param name="folder">Where the files are; null for no files.</param>
/// <param name="needsCa">True when a missing <c>ca.pem</c> is an error.</param>
/// <param name="skipVerify">True when the user has said that any certificate will do.</param>
internal sealed class EngineTls(string? folder, bool needsCa, bool skipVerify)
{
    public bool SkipVerify => skipVerify;

    /// <summary>Reads the files. With a CA that one is trusted and no other; the name of the host is always compared.</summary>
    /// <exception cref="ViaductException">VIA2193.</exception>
    public SslClientAuthenticationOptions Options()
    {
        var options = new SslClientAuthenticationOptions();
        if (Read("ca.pem") is { } ca) options.CertificateChainPolicy = TrustOnly(Certificates("ca.pem", ca));
        else if (needsCa) throw EngineErrors.Configuration(At("ca.pem"), "there is no such file, and TLS was asked for");
        if (Read("cert.pem") is { } certificate && Read("key.pem") is { } key) options.ClientCertificateContext = Client(certificate, key);
#pragma warning disable CA5359 // It is what the user has said, of this engine only: SkipTLSVerify of a context, or DOCKER_TLS without DOCKER_TLS_VERIFY.
        if (skipVerify) options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        return options;
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        // An engine's own authority publishes no lists, as for Go.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private SslStreamCertificateContext Client(string certificate, string key)
    {
        var chain = Certificates("cert.pem", certificate);
        try
        {
            var own = X509Certificate2.CreateFromPem(certificate, key);
            // Windows takes no key that is in memory only.
            if (OperatingSystem.IsWindows()) own = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
            chain.RemoveAt(0);
            return SslStreamCertificateContext.Create(own, chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Their messages say nothing of the key; still, none is passed on.
            throw EngineErrors.Configuration(At("key.pem"), "it is no private key of cert.pem, or it has a passphrase");
        }
    }

    private X509Certificate2Collection Certificates(string name, string pem)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            all.Clear();
        }
        return all.Count > 0 ? all : throw EngineErrors.Configuration(At(name), "there is no certificate in it");
    }

    private string? Read(string name) => folder is null ? null : ClientFiles.ReadText(At(name));

    private string At(string name) => Path.Combine(folder ?? "", name);
}
