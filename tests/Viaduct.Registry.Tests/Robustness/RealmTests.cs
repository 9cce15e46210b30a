using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>Who asks for a name and a password, and does not get them.</summary>
public sealed class RealmTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<ScriptedRegistry> StartAsync(string realm, bool tls = false) =>
        ScriptedRegistry.StartAsync(http => http.AnswerAsync(401, null, "", ("WWW-Authenticate", $"Bearer realm=\"{realm}\",service=\"x\"")), tls);

    [Theory]
    [InlineData("http://169.254.169.254/token")]
    [InlineData("http://[fd00:ec2::254]/token")]
    [InlineData("http://metadata.google.internal/token")]
    [InlineData("http://10.1.2.3/token")]
    [InlineData("http://alice:pw@127.0.0.1/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ldap://127.0.0.1/token")]
    [InlineData("/token")]
    public async Task Hostile_realm(string realm)
    {
        await using var registry = await StartAsync(realm);
        var credentials = new TestCredentials((registry.Host, new("alice", "pw")));
        using var client = Samples.Client(credentials: credentials);
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(("VIA3022", 0), (error.Code, credentials.Asked));
    }

    [Fact]
    public async Task Hostile_realm_out_of_HTTPS()
    {
        await using var decoy = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, """{"token":"t"}"""));
        await using var registry = await StartAsync(decoy.Url + "/token", tls: true);
        using var client = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = new TestCredentials((registry.Host, new("alice", "pw"))), Insecure = true });
        Assert.Equal("VIA3022", (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default))).Code);
        Assert.Empty(decoy.Seen);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Hostile_realm_that_sends_on(int status)
    {
        await using var decoy = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, """{"token":"t"}"""));
        await using var service = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(status, null, "", ("Location", decoy.Url + "/token")));
        await using var registry = await StartAsync(service.Url + "/token");
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, new("alice", "pw"))));
        Assert.Equal("VIA3021", (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default))).Code);
        Assert.NotNull(Assert.Single(service.Seen).Authorization);
        Assert.Empty(decoy.Seen);
    }

    /// <summary>What lies elsewhere stays there, so nobody there can ask for anything.</summary>
    [Fact]
    public async Task Foreign_layer_urls_and_a_401_from_there()
    {
        await using var elsewhere = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"give\"")));
        var manifest = RawManifest.Parse(System.Text.Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{Digest.Sha256("{}"u8)}}","size":2},"layers":[{"mediaType":"application/vnd.oci.image.layer.nondistributable.v1.tar","digest":"{{Samples.Manifest.Digest}}","size":10,"urls":["{{elsewhere.Url}}/layer"]}]}"""), null);
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Headers.Authorization.Count == 0 ? http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\""))
            : http.Request.Path.Value!.Contains("/blobs/") ? http.AnswerAsync(200, "{}")
            : http.AnswerAsync(200, System.Text.Encoding.UTF8.GetString(manifest.Bytes.Span), manifest.MediaType));
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, new("alice", "pw")), (elsewhere.Host, new("alice", "pw"))));
        var repository = client.Repository(registry);
        var layout = await OciLayout.OpenOrCreateAsync(_folder, default);
        await ImageCopy.CopyAsync(repository, (await repository.FindManifestAsync("v1", default))!, layout, default);
        Assert.Empty(elsewhere.Seen);
        Assert.Equal(1, registry.Seen.Count(s => s.Target.Contains("/blobs/")));
        Assert.Equal(manifest.Bytes.ToArray(), (await layout.FindManifestAsync(manifest.Digest.ToString(), default))!.Bytes.ToArray());
    }
}
