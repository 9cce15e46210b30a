using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Viaduct.Acceptance.Tests.Peers;

/// <summary><c>viaduct load</c> into real engines that are behind ssh, TLS and contexts, as docker's own client reaches them.</summary>
public sealed class Load_into_engines_elsewhere(PushedSets sets)
{
    private const string Variable = "VIADUCT_TEST_DOCKER";

    private static string Socket => Environment.GetEnvironmentVariable(Variable)!["unix://".Length..];

    [Theory]
    [InlineData("VIADUCT_TEST_DOCKER", false)]
    [InlineData("VIADUCT_TEST_DOCKER", true)]
    [InlineData("VIADUCT_TEST_DOCKER_GRAPH", true)]
    public async Task Through_dockers_own_dial_stdio(string variable, bool byContext)
    {
        var engine = new Engine(variable);
        engine.Need();
        using var folder = new TemporaryFolder();
        // In the place of a far machine, whose docker finds its engine by itself.
        Program(folder, "ssh", $"""
            #!/bin/sh
            echo "$@" >> {folder.At("words")}
            while [ "$1" != docker ]; do shift; done
            shift
            exec chroot {Environment.GetEnvironmentVariable("VIADUCT_TEST_ROOT")} docker -H {Environment.GetEnvironmentVariable(variable)} "$@"
            """);
        var variables = new Dictionary<string, string?> { ["PATH"] = $"{folder.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}", ["DOCKER_CONFIG"] = folder.At("client"), ["DOCKER_HOST"] = byContext ? null : "ssh://me@machine" };
        if (byContext) await ContextAsync(folder, "host=ssh://me@machine");
        await LoadsAsync(engine, folder, variables, byContext ? ["--context", "there"] : [], byContext ? "docker --context there run" : "docker run", "ssh://me@machine");
        Assert.All(File.ReadAllLines(folder.At("words")), words => Assert.Equal("-l me -o ConnectTimeout=30 -T -- machine docker system dial-stdio", words));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Through_tls_with_a_certificate_on_both_sides(bool byContext)
    {
        var engine = new Engine(Variable);
        engine.Need();
        using var folder = new TemporaryFolder();
        using var authority = Authority();
        using var client = Issue(authority, "client", null);
        folder.With("certs/ca.pem", authority.ExportCertificatePem()).With("certs/cert.pem", client.ExportCertificatePem()).With("certs/key.pem", client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using var relay = new TlsRelay(Socket, new SslServerAuthenticationOptions
        {
            ServerCertificate = Issue(authority, "server", System.Net.IPAddress.Loopback),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == client.GetCertHashString(),
        });
        var variables = new Dictionary<string, string?> { ["DOCKER_CONFIG"] = folder.At("client"), ["DOCKER_HOST"] = byContext ? null : relay.Address, ["DOCKER_TLS_VERIFY"] = byContext ? null : "1", ["DOCKER_CERT_PATH"] = byContext ? null : folder.At("certs") };
        if (byContext) await ContextAsync(folder, $"host={relay.Address},ca={folder.At("certs/ca.pem")},cert={folder.At("certs/cert.pem")},key={folder.At("certs/key.pem")}");
        await LoadsAsync(engine, folder, variables, byContext ? ["--context", "there"] : [], byContext ? "docker --context there run" : "docker run", relay.Address);

        if (byContext) return;
        folder.With("certs/ca.pem", Authority().ExportCertificatePem());
        var refused = await ViaductCli.RunAsync(folder, variables, ["load", (await sets.InAsync(RegistryKind.Embedded)).List("pause").ToString(), "--into", "docker"]);
        Assert.Equal(1, refused.Exit);
        Assert.Contains($"docker at {relay.Address}: The remote certificate is invalid", refused.Error);
    }

    private async Task LoadsAsync(Engine engine, TemporaryFolder folder, Dictionary<string, string?> variables, string[] words, string command, string address)
    {
        var name = $"viaduct-load-{Guid.NewGuid():N}:3.10";
        try
        {
            var loaded = (await ViaductCli.RunAsync(folder, variables, ["load", (await sets.InAsync(RegistryKind.Embedded)).List("pause").ToString(), "--as", name, .. words])).MustSucceed();
            Assert.Contains($" at {address} has {name}: ", loaded.Text.Replace(" (containerd store)", "", StringComparison.Ordinal));
            Assert.EndsWith($"\n{command} --rm {name}\n", loaded.Text);
            var run = (await engine.RunAsync("run", "--rm", "--network", "none", name, "-v")).MustSucceed();
            Assert.Equal(Repository.PauseVersion, run.Text.Trim());
        }
        finally
        {
            await engine.RunAsync("image", "rm", "--force", name);
        }
    }

    /// <summary>Written by docker itself.</summary>
    private static async Task ContextAsync(TemporaryFolder folder, string docker) =>
        (await RealParts.InRootAsync(["docker", "--config", folder.At("client"), "context", "create", "there", "--docker", docker])).MustSucceed();

    private static void Program(TemporaryFolder folder, string name, string script)
    {
        folder.With($"bin/{name}", script.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.At($"bin/{name}"), (UnixFileMode)0b111_101_101);
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=engines", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name, System.Net.IPAddress? address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (address is not null) names.AddIpAddress(address);
        if (address is not null) request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
