using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Tests.Engines;

public sealed class TlsConnectionTests : IDisposable
{
    private readonly ClientFolder _client = new();
    private readonly Authority _authority = new("engines");
    private readonly Authority _other = new("others");

    public void Dispose()
    {
        _client.Dispose();
        _authority.Dispose();
        _other.Dispose();
    }

    private ScriptedDaemon Daemon(bool wantsClient = false, string? host = null) => new(new SslServerAuthenticationOptions
    {
        ServerCertificate = _authority.Server(host),
        ClientCertificateRequired = wantsClient,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => !wantsClient || certificate is X509Certificate2 own && _authority.Issued(own),
    });

    /// <summary>By the files of a context, or by those that the variables name.</summary>
    private async Task<string> ConnectAsync(ScriptedDaemon daemon, bool byContext, Authority? trusted, X509Certificate2? own = null, bool skip = false)
    {
        _client.Context("one", daemon.Address, skip);
        var folder = byContext ? _client.At(ClientFolder.TlsOf("one")) : _client.At("certs");
        if (trusted is not null) _client.File(Path.Combine(folder, "ca.pem"), trusted.Pem);
        if (own is not null) _client.File(Path.Combine(folder, "cert.pem"), own.ExportCertificatePem()).File(Path.Combine(folder, "key.pem"), Authority.KeyPem(own));
        if (!byContext) _client.With(skip ? "DOCKER_TLS" : "DOCKER_TLS_VERIFY", "1").With("DOCKER_CERT_PATH", "HOME/certs");
        using var connection = await _client.Connector.ConnectAsync(byContext ? null : daemon.Address, byContext ? "one" : null, TestContext.Current.CancellationToken);
        return connection.Info.ToString();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_engine_with_a_certificate_of_the_authority_is_spoken_to(bool byContext)
    {
        await using var daemon = Daemon();
        Assert.Equal($"docker 28.5.2 at {daemon.Address}", await ConnectAsync(daemon, byContext, _authority));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_of_another_authority_is_not(bool byContext)
    {
        await using var daemon = Daemon();
        Assert.Contains("certificate", (await Assert.ThrowsAsync<EngineSilence>(() => ConnectAsync(daemon, byContext, _other))).Message);
    }

    [Fact]
    public async Task Nor_one_whose_certificate_is_for_another_host()
    {
        await using var daemon = Daemon(host: "elsewhere.example");
        Assert.Contains("RemoteCertificateNameMismatch", (await Assert.ThrowsAsync<EngineSilence>(() => ConnectAsync(daemon, true, _authority))).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whose_verification_is_skipped_is_spoken_to_whoever_it_is(bool byContext)
    {
        await using var daemon = Daemon(host: "elsewhere.example");
        Assert.Contains("28.5.2", await ConnectAsync(daemon, byContext, byContext ? null : _other, skip: true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_is_shown_when_the_engine_wants_one(bool byContext)
    {
        await using var daemon = Daemon(wantsClient: true);
        using var own = _authority.Client();
        Assert.Contains("28.5.2", await ConnectAsync(daemon, byContext, _authority, own));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_engine_that_wants_a_certificate_is_silent_without_the_right_one(bool shown)
    {
        await using var daemon = Daemon(wantsClient: true);
        using var own = shown ? _other.Client() : null;
        await Assert.ThrowsAsync<EngineSilence>(() => ConnectAsync(daemon, true, _authority, own));
    }

    [Fact]
    public async Task Tls_that_is_asked_for_needs_an_authority()
    {
        await using var daemon = Daemon();
        var e = await Assert.ThrowsAsync<ViaductException>(() => ConnectAsync(daemon, false, null));
        Assert.Equal(("VIA2193", ExitCode.Usage), (e.Code, e.Exit));
        Assert.Contains("ca.pem", e.Where);
    }

    [Theory]
    [InlineData("ca.pem", "nothing", "there is no certificate in it")]
    [InlineData("ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "there is no certificate in it")]
    [InlineData("cert.pem", "nothing", "there is no certificate in it")]
    [InlineData("key.pem", "hush", "it is no private key of cert.pem, or it has a passphrase")]
    [InlineData("key.pem", "OTHER", "it is no private key of cert.pem, or it has a passphrase")]
    [InlineData("key.pem", "ENCRYPTED", "it is no private key of cert.pem, or it has a passphrase")]
    public async Task Files_that_are_no_certificates_and_no_keys_are_named_and_not_shown(string file, string text, string why)
    {
        using var own = _authority.Client();
        using var another = _other.Client();
        using var key = own.GetECDsaPrivateKey()!;
        var written = text switch
        {
            "OTHER" => Authority.KeyPem(another),
            "ENCRYPTED" => key.ExportEncryptedPkcs8PrivateKeyPem("hush", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)),
            _ => text,
        };
        _client.Context("one", "tcp://127.0.0.1:1").ContextFile("one", "ca.pem", _authority.Pem).ContextFile("one", "cert.pem", own.ExportCertificatePem()).ContextFile("one", "key.pem", Authority.KeyPem(own)).ContextFile("one", file, written);
        var e = await Assert.ThrowsAsync<ViaductException>(() => _client.Connector.ConnectAsync(null, "one", TestContext.Current.CancellationToken));
        Assert.Equal("VIA2193", e.Code);
        Assert.Contains(why, e.Message);
        Assert.EndsWith(file, e.Where);
        Assert.DoesNotContain("hush", e + e.Render());
        Assert.DoesNotContain("BEGIN", e + e.Render());
    }

    [Fact]
    public async Task An_engine_at_a_port_without_tls_is_spoken_to_as_it_is()
    {
        await using var daemon = new ScriptedDaemon();
        using var connection = await _client.Connector.ConnectAsync(daemon.Address, null, TestContext.Current.CancellationToken);
        Assert.Equal(("linux/arm64", "1.51", true), (connection.Info.Platform.ToString(), connection.ApiVersion, connection.HasBuildKit));
        Assert.Equal(["docker", "--host", daemon.Address], connection.Command);
    }

    [Theory]
    [InlineData("""{"Version":"20.10.24","ApiVersion":"1.41","Os":"linux","Arch":"amd64"}""", true)]
    [InlineData("""{"Version":"17.06","ApiVersion":"1.30","Os":"linux","Arch":"amd64"}""", false)]
    [InlineData("""{"Version":"28.5.2","ApiVersion":"1.51","Os":"windows","Arch":"amd64"}""", false)]
    [InlineData("""{"Version":"5.8","ApiVersion":"1.41","Os":"linux","Arch":"amd64","Components":[{"Name":"Podman Engine","Version":"5.8"}]}""", false)]
    [InlineData("""{"Version":"?","Os":"linux","Arch":"amd64"}""", false)]
    public async Task Dockers_on_linux_have_buildkit(string version, bool has)
    {
        await using var daemon = new ScriptedDaemon { Version = version };
        using var connection = await _client.Connector.ConnectAsync(daemon.Address, null, TestContext.Current.CancellationToken);
        Assert.Equal(has, connection.HasBuildKit);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var daemon = new ScriptedDaemon { Endless = new byte[1 << 16] };
        Assert.Contains("Cannot write more bytes to the buffer", (await Assert.ThrowsAsync<EngineSilence>(() => _client.Connector.ConnectAsync(daemon.Address, null, TestContext.Current.CancellationToken))).Message);
    }
}
