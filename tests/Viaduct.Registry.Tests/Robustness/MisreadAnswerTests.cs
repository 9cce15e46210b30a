using System.Text;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>Answers that are not what they seem, and odd ones that are.</summary>
public sealed class MisreadAnswerTests
{
    private const string Config = """{"mediaType":"x","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0}""";

    [Theory]
    [InlineData("""{"schemaVersion":2,"manifests":[],"layers":[]}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[],"layers":[]}""", MediaTypes.OciManifest)]
    [InlineData("""{"schemaVersion":2,"config":CONFIG,"layers":[]}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""", MediaTypes.DockerManifest)]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""", MediaTypes.OciManifest)]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""", MediaTypes.DockerList)]
    [InlineData("""{"schemaVersion":2,"config":CONFIG,"layers":[],"Manifests":[]}""", MediaTypes.OciManifest)]
    public async Task Manifest_and_index_confusion(string body, string contentType) => await RefusedAsync(body, contentType, "VIA1010", null);

    [Theory]
    [InlineData("application/vnd.docker.distribution.manifest.v1+prettyjws")]
    [InlineData("application/vnd.docker.distribution.manifest.v1+json")]
    [InlineData("application/json")]
    public async Task Schema_1_manifest(string contentType) =>
        await RefusedAsync("""{"schemaVersion":1,"name":"team/app","fsLayers":[],"history":[],"signatures":[]}""", contentType, "VIA1010", "schema 1");

    /// <summary>Its bytes are its name, so it goes on exactly as it came.</summary>
    [Theory]
    [InlineData("""{"anything": [1, 2],  "b":{}}""", "application/vnd.example.thing+json")]
    [InlineData("""{ "schemaVersion":2,"config":CONFIG,"layers":[],"org.example.custom":{"z":null,"a":1e2}}""", MediaTypes.OciManifest)]
    [InlineData("""{"mediaType":"application/vnd.oci.artifact.manifest.v1+json","blobs":[]}""", "application/vnd.oci.artifact.manifest.v1+json")]
    public async Task Unknown_media_type_or_artifact(string body, string contentType)
    {
        body = body.Replace("CONFIG", Config);
        (string Body, string? Type) put = default;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Method == "PUT")
            {
                put = (await new StreamReader(http.Request.Body).ReadToEndAsync(), http.Request.ContentType);
                await http.AnswerAsync(201);
            }
            else await http.AnswerAsync(200, body, contentType);
        });
        using var client = Samples.Client();
        var manifest = (await client.Repository(registry).FindManifestAsync("v1", default))!;
        await client.Repository(registry, "team/copy").PushManifestAsync(manifest, default);
        Assert.Equal((body, contentType), put);
        Assert.EndsWith(Digest.Sha256(Encoding.UTF8.GetBytes(body)).ToString(), registry.Seen.Last().Target);
    }

    [Theory]
    [InlineData("manifest")]
    [InlineData("head")]
    [InlineData("blob")]
    [InlineData("blob size")]
    [InlineData("push")]
    [InlineData("put")]
    [InlineData("tags")]
    public async Task Proxy_answers_HTML_200(string what)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, "<html>Welcome to this hotel</html>", "text/html; charset=utf-8"));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => what switch
        {
            "manifest" => repository.FindManifestAsync("v1", default),
            "head" => repository.HeadManifestAsync("v1", default),
            "blob" => repository.OpenBlobAsync(Samples.Blob(1000).Descriptor, default),
            "blob size" => repository.HeadBlobAsync(Samples.Manifest.Digest, default),
            "push" => repository.PushBlobAsync(Samples.Blob(100_000), default),
            "put" => repository.TagAsync("v1", Samples.Manifest, default),
            _ => repository.TagsAsync(default).ToListAsync().AsTask(),
        });
        Assert.Equal("VIA3020", error.Code);
        Assert.Contains($"{registry.Host}/v2/team/app/", error.Where);
    }

    [Fact]
    public async Task Proxy_answers_HTML_200_for_a_token()
    {
        ScriptedRegistry? self = null;
        self = await ScriptedRegistry.StartAsync(http => http.Request.Path == "/token"
            ? http.AnswerAsync(200, "<html></html>", "text/html")
            : http.AnswerAsync(401, null, "", ("WWW-Authenticate", $"Bearer realm=\"{self!.Url}/token\"")));
        await using var registry = self;
        using var client = Samples.Client();
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal("VIA3020", error.Code);
        Assert.Contains(registry.Host + "/token", error.Where);
    }

    [Fact]
    public async Task Registry_warns()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            http.Response.Headers.Append("Warning", "299 - \"this repository ends in May\"");
            http.Response.Headers.Append("Warning", "299 - \"look at https://example.com/?token=secret\"");
            http.Response.Headers.Append("Warning", "110 - \"stale\"");
            return http.AnswerManifestAsync();
        });
        var warned = new List<RegistryWarning>();
        using var client = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, Warned = w => { lock (warned) warned.Add(w); } });
        for (var i = 0; i < 3; i++) Assert.Equal(Samples.Manifest.Digest, (await client.Repository(registry).FindManifestAsync("v1", default))!.Digest);
        Assert.Equal((2, registry.Host, "this repository ends in May"), (warned.Count, warned[0].Registry, warned[0].Text));
        Assert.DoesNotContain(warned, w => w.Text.Contains("secret"));
    }

    [Theory]
    [InlineData("""{"name":"a","tags":null}""", "")]
    [InlineData("""{"tags":["b","a","b","latest"]}""", "b a latest")]
    [InlineData("""{"tags":["ok","sha256:0000000000000000000000000000000000000000000000000000000000000000","sha256-abc.sig"]}""", "ok sha256-abc.sig")]
    [InlineData("""{"tags":["ok",null,7,{},"","../x","a b","\u001b[31m"]}""", "ok")]
    public async Task Malformed_tag_lists(string json, string tags)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, json));
        using var client = Samples.Client();
        Assert.Equal(tags, string.Join(' ', await client.Repository(registry).TagsAsync(default).ToListAsync()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"tags":{"a":1}}""")]
    [InlineData("<html>")]
    public async Task Tag_list_that_is_none(string json)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, json));
        using var client = Samples.Client();
        Assert.Equal("VIA3020", (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).TagsAsync(default).ToListAsync().AsTask())).Code);
    }

    private static async Task RefusedAsync(string body, string contentType, string code, string? why)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, body.Replace("CONFIG", Config), contentType));
        using var client = Samples.Client();
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(code, error.Code);
        if (why is not null) Assert.Contains(why, error.Message);
    }
}
