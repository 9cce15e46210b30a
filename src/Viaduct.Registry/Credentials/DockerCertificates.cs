using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// What docker's certs.d says of one registry: <c>*.crt</c> are authorities to trust beside the system's, <c>*.cert</c> and <c>*.key</c> what to show
/// to a registry that asks for a certificate (docker/cli internal/registry/registry.go, loadTLSConfig).
/// </summary>
internal sealed class DockerCertificates
{
    private const int MaxFiles = 100;
    private const int MaxSize = 1 << 20;

    private readonly X509Certificate2Collection _authorities = [];
    private readonly List<(X509Certificate2 Own, X509Certificate2Collection Chain)> _own = [];

    /// <summary>docker's own folder: rootful, and rootless where docker itself runs so.</summary>
    public static string DefaultFolder() =>
        OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "docker", "certs.d")
        : Environment.GetEnvironmentVariable("ROOTLESSKIT_STATE_DIR") is { Length: > 0 } && Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData) is { Length: > 0 } config
            ? Path.Combine(config, "docker", "certs.d")
        : "/etc/docker/certs.d";

    /// <param name="folder">The one with a folder for each registry; null: there is none.</param>
    /// <param name="registry">As it stands in a reference, with its port.</param>
    /// <exception cref="ViaductException">VIA3046.</exception>
    public static DockerCertificates Read(string? folder, string registry)
    {
        var read = new DockerCertificates();
        if (folder is null) return read;
        var place = Path.Combine(folder, OperatingSystem.IsWindows() ? registry.Replace(":", "", StringComparison.Ordinal) : registry);
        if (!Directory.Exists(place)) return read;
        try
        {
            var files = Directory.EnumerateFiles(place).Take(MaxFiles + 1).Order(StringComparer.Ordinal).ToList();
            if (files.Count > MaxFiles) throw RegistryErrors.Certificate(place, $"it holds more than {MaxFiles} files");
            foreach (var file in files) read.Add(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RegistryErrors.Certificate(place, $"it cannot be read: {e.Message}");
        }
        return read;
    }

    /// <summary>The same with what a mirror's own description names.</summary>
    public static DockerCertificates Read(string? folder, RegistryEndpoint registry)
    {
        var read = Read(folder, registry.Registry);
        if (registry.Mirror is not { } mirror) return read;
        try
        {
            foreach (var file in mirror.Authorities) read._authorities.AddRange(Certificates(file));
            foreach (var (certificate, key) in mirror.Own) read._own.Add(Own(certificate, key));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RegistryErrors.Certificate(registry.Registry, $"it cannot be read: {e.Message}");
        }
        return read;
    }

    /// <summary>Whether one of the authorities does, through what the server sent along.</summary>
    public bool VouchFor(X509Certificate2 certificate, X509Certificate2Collection between)
    {
        if (_authorities.Count == 0) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.ExtraStore.AddRange(between);
        // An authority of one's own publishes no lists, as for Go.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return chain.Build(certificate);
    }

    /// <summary>Of several certificates the one that the server wants.</summary>
    public void ShowBy(SslClientAuthenticationOptions options)
    {
        if (_own is [var (own, chain)]) options.ClientCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true);
        else if (_own.Count > 1) options.ClientCertificates = [.. _own.Select(o => o.Own)];
    }

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private void Add(string file)
    {
        switch (Path.GetExtension(file))
        {
            case ".crt":
                _authorities.AddRange(Certificates(file));
                break;
            case ".cert":
                if (!File.Exists(Path.ChangeExtension(file, ".key"))) throw RegistryErrors.Certificate(file, "there is no .key beside it");
                _own.Add(Own(file, Path.ChangeExtension(file, ".key")));
                break;
            case ".key" when !File.Exists(Path.ChangeExtension(file, ".cert")):
                throw RegistryErrors.Certificate(file, "there is no .cert beside it");
        }
    }

    private static (X509Certificate2 Own, X509Certificate2Collection Chain) Own(string certificate, string key)
    {
        var chain = Certificates(certificate);
        try
        {
            var own = X509Certificate2.CreateFromPem(Text(certificate), Text(key));
            // Windows takes no key that is in memory only.
            if (OperatingSystem.IsWindows()) own = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
            return (own, [.. chain.Skip(1)]);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Their messages say nothing of the key; still, none is passed on.
            throw RegistryErrors.Certificate(key, $"it is no private key of {Path.GetFileName(certificate)}, or it has a passphrase");
        }
    }

    /// <summary>Files without a certificate are passed over, as docker does.</summary>
    private static X509Certificate2Collection Certificates(string file)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(Text(file));
        }
        catch (CryptographicException)
        {
            all.Clear();
        }
        return all;
    }

    private static string Text(string file) =>
        new FileInfo(file).Length <= MaxSize ? File.ReadAllText(file) : throw RegistryErrors.Certificate(file, $"it has more than {MaxSize} bytes");
}
