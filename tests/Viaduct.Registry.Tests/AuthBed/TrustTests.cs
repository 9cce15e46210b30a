using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Companies: an authority of their own, certificates on both sides, names that mean another address inside.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trust").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_registry_that_wants_a_certificate_takes_pushes_and_pulls_from_who_has_one(bool has)
    {
        using var me = TestAuthority.Issue("me");
        var content = new GuardedStore();
        await using var registry = await StartAsync("127.0.0.1", content, https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (shown, _, _) => shown.Thumbprint == me.Thumbprint;
        });
        if (has)
        {
            Write(registry, "client.cert", me.ExportCertificatePem());
            Write(registry, "client.key", me.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        }
        var blob = Samples.Blob(1000);
        var (e, read) = await TryAsync(registry, blob);
        Assert.Equal((has, has ? 1000 : 0), (e is not TransportException, read));
        Assert.Equal(has, content.Has(blob.Descriptor.Digest));
    }

    // .NET's server cuts the connection and says nothing; these are the words that Go's and nginx's alerts become in TLS 1.3
    [Theory]
    [InlineData("error:0A000412:SSL routines::sslv3 alert bad certificate", true)]
    [InlineData("error:0A00045C:SSL routines::tlsv13 alert certificate required", true)]
    [InlineData("error:0A000418:SSL routines::tlsv1 alert unknown ca", true)]
    [InlineData("error:0A000438:SSL routines::tlsv1 alert internal error", false)]
    [InlineData("error:0A000126:SSL routines::unexpected eof while reading", false)]
    public void An_alert_after_the_handshake_says_that_a_certificate_is_wanted(string words, bool wanted)
    {
        using var watchdog = new Watchdog(new TestClock(), default);
        var e = new HttpRequestException("An error occurred while sending the request.", new IOException("The decryption operation failed", new InvalidOperationException(words)));
        var said = TransportFailures.Explain(e, HttpMethod.Get, new Uri("https://r.example/v2/"), watchdog)!;
        Assert.Equal(wanted ? (FailureKind.Tls, "VIA3003", 1) : (FailureKind.Unreachable, "VIA3001", RetryPolicy.MaxTries), (said.Kind, said.Code, said.Tries));
        Assert.Equal(wanted, said.Todo!.Contains("/etc/docker/certs.d/r.example/client.cert", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_whoever_vouches_for_it_and_nothing_is_asked()
    {
        await using var registry = await StartAsync("elsewhere.test", new GuardedStore());
        var (e, _) = await TryAsync(registry, Samples.Blob(10));
        Assert.Equal((FailureKind.Tls, CertificateFaultKind.OtherName), (e!.Kind, ((TransportException)e).Certificate!.Kind));
        Assert.Empty(registry.Seen);
    }

    // where the registry was met, and whether a token service at the address is asked
    [Theory]
    [InlineData("10.1.2.3", "https://10.9.9.9/token", true)]
    [InlineData("10.1.2.3", "https://[fd00::1]/token", true)]
    [InlineData("10.1.2.3", "https://auth.corp.example/token", true)]
    [InlineData("10.1.2.3", "https://registry.corp.example:8443/token", true)]
    [InlineData("203.0.113.7", "https://auth.corp.example/token", true)]
    [InlineData("203.0.113.7", "https://10.9.9.9/token", false)]
    [InlineData("10.1.2.3", "https://127.0.0.1/token", false)]
    [InlineData("10.1.2.3", "https://169.254.169.254/token", false)]
    [InlineData("10.1.2.3", "http://auth.corp.example/token", false)]
    public void A_registry_inside_may_name_a_token_service_inside_and_one_outside_may_not(string met, string realm, bool asked)
    {
        var registry = RegistryEndpoint.Of("registry.corp.example", new HashSet<string>());
        registry.MeetAt(IPAddress.Parse(met));
        if (asked) Assert.Equal(realm, RealmGuard.Check(registry, realm, "here").OriginalString);
        else Assert.Equal("VIA3022", Assert.Throws<ViaductException>(() => RealmGuard.Check(registry, realm, "here")).Code);
    }

    private async Task<(ViaductException? Failure, int Read)> TryAsync(ScriptedRegistry registry, Blob blob)
    {
        Write(registry, "ca.crt", TestAuthority.Pem);
        using var client = new RegistryClient(new RegistryOptions
        {
            Clock = new TestClock(), Credentials = NoCredentials.Instance, CertificateFolder = _folder, LooksAtLoopback = true,
        });
        try
        {
            var repository = client.Repository(registry);
            await repository.PushBlobAsync(blob, default);
            return (null, (await repository.ReadSmallBlobAsync(blob.Descriptor, 1 << 20, default)).Length);
        }
        catch (ViaductException e)
        {
            return (e, 0);
        }
    }

    private static Task<ScriptedRegistry> StartAsync(string name, GuardedStore content, Action<HttpsConnectionAdapterOptions>? more = null) =>
        ScriptedRegistry.StartAsync(content.AnswerAsync, https: https =>
        {
            https.ServerCertificate = TestAuthority.Issue(name);
            more?.Invoke(https);
        });

    private void Write(ScriptedRegistry registry, string name, string text) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, OperatingSystem.IsWindows() ? registry.Host.Replace(":", "") : registry.Host)).FullName, name), text);
}
