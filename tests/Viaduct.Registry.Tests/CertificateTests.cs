using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Whose certificates count, what is shown to a registry that asks for one, and why one does not count.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("certs").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_authority_of_docker_s_folder_counts_for_its_registry_and_no_other()
    {
        using var certificate = SelfSigned.Make(1, "127.0.0.1", "localhost");
        await using var registry = await StartAsync(certificate);
        await using var other = await StartAsync(certificate);
        Write(registry, "ca.crt", certificate.ExportCertificatePem());
        Write(registry, "README.crt", "none");
        Assert.NotNull(await FindAsync(registry));
        var fault = (await RefusedAsync(other)).Certificate!;
        Assert.Equal((CertificateFaultKind.Untrusted, "localhost 127.0.0.1"), (fault.Kind, string.Join(' ', fault.Names)));
        Assert.Empty(other.Seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_certificate_is_shown_to_a_registry_that_wants_one(bool insecure)
    {
        using var server = SelfSigned.Make(1, "127.0.0.1");
        using var client = SelfSigned.Make(1, "me");
        await using var registry = await StartAsync(server, https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (shown, _, _) => shown.Thumbprint == client.Thumbprint;
        });
        Write(registry, "ca.crt", server.ExportCertificatePem());
        await Assert.ThrowsAsync<TransportException>(() => FindAsync(registry, insecure));
        Write(registry, "client.cert", client.ExportCertificatePem());
        Write(registry, "client.key", client.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Assert.NotNull(await FindAsync(registry, insecure));
    }

    [Theory]
    [InlineData("a.cert", "there is no .key beside it")]
    [InlineData("a.key", "there is no .cert beside it")]
    [InlineData("a.cert a.key", "it is no private key of a.cert, or it has a passphrase")]
    public void Half_a_pair_is_named(string files, string why)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "h.example"));
        foreach (var file in files.Split(' ')) File.WriteAllText(Path.Combine(_folder, "h.example", file), "x");
        var e = Assert.Throws<ViaductException>(() => new RegistryClient(new RegistryOptions { CertificateFolder = _folder }).Repository(Reference.Parse("h.example/a")));
        Assert.Equal(("VIA3046", why, Path.Combine(_folder, "h.example", files.Split(' ')[^1])), (e.Code, e.Message, e.Where));
    }

    [Theory]
    [InlineData(-1, "127.0.0.1", CertificateFaultKind.Expired)]
    [InlineData(-1, "other.example", CertificateFaultKind.Expired)]
    [InlineData(1, "other.example", CertificateFaultKind.OtherName)]
    [InlineData(1, "127.0.0.1", CertificateFaultKind.Untrusted)]
    public async Task Why_a_certificate_does_not_count_is_known_of_several_reasons_the_first(int days, string name, CertificateFaultKind kind)
    {
        using var certificate = SelfSigned.Make(days, name);
        await using var registry = await StartAsync(certificate);
        var e = await RefusedAsync(registry);
        Assert.Equal((kind, name), (e.Certificate!.Kind, Assert.Single(e.Certificate.Names)));
        Assert.Equal(registry.Host, e.Authority);
    }

    [Fact]
    public async Task An_authority_of_one_s_own_mends_no_name_and_no_time()
    {
        foreach (var (days, name) in new[] { (-1, "127.0.0.1"), (1, "other.example") })
        {
            using var certificate = SelfSigned.Make(days, name);
            await using var registry = await StartAsync(certificate);
            Write(registry, "ca.crt", certificate.ExportCertificatePem());
            await RefusedAsync(registry);
        }
    }

    private static Task<ScriptedRegistry> StartAsync(X509Certificate2 certificate, Action<HttpsConnectionAdapterOptions>? more = null) =>
        ScriptedRegistry.StartAsync(http => http.AnswerManifestAsync(), https: https =>
        {
            https.ServerCertificate = certificate;
            more?.Invoke(https);
        });

    private void Write(ScriptedRegistry registry, string name, string text)
    {
        var place = Directory.CreateDirectory(Path.Combine(_folder, OperatingSystem.IsWindows() ? registry.Host.Replace(":", "") : registry.Host)).FullName;
        File.WriteAllText(Path.Combine(place, name), text);
    }

    private Task<TransportException> RefusedAsync(ScriptedRegistry registry) => Assert.ThrowsAsync<TransportException>(() => FindAsync(registry));

    private async Task<RawManifest?> FindAsync(ScriptedRegistry registry, bool insecure = false)
    {
        using var client = new RegistryClient(new RegistryOptions
        {
            Clock = new TestClock(), Credentials = NoCredentials.Instance, CertificateFolder = _folder, LooksAtLoopback = true, Insecure = insecure,
        });
        return await client.Repository(registry).FindManifestAsync("v1", default);
    }
}
