using System.Net;
using System.Text;
using Viaduct.Oci;

namespace Viaduct.Server.Tests.Robustness;

/// <summary>Nothing is stored but what was named, whole.</summary>
public sealed class StoredContentTests : RegistryTest
{
    private static readonly byte[] Bytes = TestRegistry.Random(200_000);
    private static readonly Digest Name = Digest.Sha256(Bytes);

    [Theory]
    [InlineData("PUT", "others")]
    [InlineData("PUT", "fewer")]
    [InlineData("PATCH", "others")]
    [InlineData("PATCH", "more")]
    [InlineData("POST", "others")]
    public async Task Digest_mismatch_of_a_pushed_blob(string way, string how)
    {
        byte[] sent = how switch { "others" => new byte[Bytes.Length], "fewer" => Bytes[..^1], _ => [.. Bytes, 0] };
        HttpResponseMessage answer;
        if (way == "POST") answer = await Registry.SendAsync("POST", $"/v2/a/blobs/uploads/?digest={Name}", sent);
        else
        {
            var location = await Registry.BeginAsync("a");
            if (way == "PATCH") Assert.Equal(202, await Registry.StatusAsync("PATCH", location, sent));
            answer = await Registry.SendAsync("PUT", $"{location}?digest={Name}", way == "PATCH" ? [] : sent);
        }
        using (answer) Assert.Equal((HttpStatusCode.BadRequest, "DIGEST_INVALID"), (answer.StatusCode, await answer.ErrorAsync()));
        Assert.Equal(404, await Registry.StatusAsync("HEAD", $"/v2/a/blobs/{Name}"));
        Assert.Empty(Registry.Content());
    }

    [Fact]
    public async Task Digest_mismatch_of_a_pushed_manifest()
    {
        var manifest = TestRegistry.Index();
        using var answer = await Registry.PutManifestAsync("a", Name.ToString(), manifest, MediaTypes.OciIndex);
        Assert.Equal((HttpStatusCode.BadRequest, "DIGEST_INVALID"), (answer.StatusCode, await answer.ErrorAsync()));
        foreach (var digest in new[] { Name, Digest.Sha256(manifest) }) Assert.Equal(404, await Registry.StatusAsync("GET", $"/v2/a/manifests/{digest}"));
        Assert.Empty(Registry.Content());
    }

    [Fact]
    public async Task Truncated_push()
    {
        await Registry.BreakOffAsync(
            $"POST /v2/a/blobs/uploads/?digest={Name} HTTP/1.1\r\nHost: {Registry.Server.Address}\r\nContent-Length: {Bytes.Length}\r\n\r\nhalf",
            () => Task.FromResult(Registry.Content().Any()));
        await TestRegistry.EventuallyAsync(() => Task.FromResult(!Registry.Content().Any()));
        Assert.Equal(404, await Registry.StatusAsync("HEAD", $"/v2/a/blobs/{Name}"));
    }

    [Theory]
    [InlineData(4 << 20, 201)]
    [InlineData((4 << 20) + 1, 413)]
    public async Task Huge_manifest_pushed(int size, int status)
    {
        const string Start = """{"schemaVersion":2,"manifests":[],"annotations":{"x":"|"}}""";
        var body = Encoding.UTF8.GetBytes(Start.Replace("|", new string('x', size - Start.Length + 1)));
        using var answer = await Registry.PutManifestAsync("a", "v1", body, MediaTypes.OciIndex);
        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 413) Assert.Empty(Registry.Content());
    }

    [Theory]
    [InlineData("""{"schemaVersion":2,"manifests":[],"layers":[]}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""", MediaTypes.OciManifest)]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""", MediaTypes.DockerList)]
    [InlineData("""{"schemaVersion":2,"Manifests":[],"layers":[]}""", MediaTypes.OciManifest)]
    public async Task Manifest_and_index_confusion_pushed(string body, string mediaType) => await RefusedAsync(body, mediaType);

    [Theory]
    [InlineData("application/vnd.docker.distribution.manifest.v1+json")]
    [InlineData("application/vnd.docker.distribution.manifest.v1+prettyjws")]
    [InlineData("application/json")]
    public async Task Schema_1_manifest_pushed(string mediaType) => await RefusedAsync("""{"schemaVersion":1,"name":"a","fsLayers":[]}""", mediaType);

    [Theory]
    [InlineData("""{"anything": [1, 2],  "b":{}}""", "application/vnd.example.thing+json")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"org.example.custom":{"a":[null]},"data":"e30="}""", MediaTypes.OciIndex)]
    [InlineData("""{"schemaVersion":2,"artifactType":"application/vnd.example","manifests":[ ]}""", MediaTypes.OciIndex)]
    public async Task Unknown_media_type_or_artifact_pushed(string body, string mediaType)
    {
        using var put = await Registry.PutManifestAsync("a", "v1", Encoding.UTF8.GetBytes(body), mediaType);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        using var get = await Registry.SendAsync("GET", $"/v2/a/manifests/{Digest.Sha256(Encoding.UTF8.GetBytes(body))}");
        Assert.Equal((body, mediaType), (await get.Content.ReadAsStringAsync(), get.Header("Content-Type")));
    }

    [Fact]
    public async Task Foreign_layer_urls_pushed()
    {
        var config = "{}"u8.ToArray();
        await Registry.PushBlobAsync("a", config);
        var plain = Encoding.UTF8.GetString(TestRegistry.Image(config, Bytes));
        var foreign = plain.Replace("\"size\":200000", "\"size\":200000,\"urls\":[\"http://169.254.169.254/layer\"]");
        Assert.NotEqual(plain, foreign);
        Assert.Equal(404, (int)(await Registry.PutManifestAsync("a", "v1", Encoding.UTF8.GetBytes(plain))).StatusCode);
        Assert.Equal(201, (int)(await Registry.PutManifestAsync("a", "v1", Encoding.UTF8.GetBytes(foreign))).StatusCode);
        Assert.Equal(404, await Registry.StatusAsync("GET", $"/v2/a/blobs/{Name}"));
    }

    [Theory]
    [InlineData("empty blob")]
    [InlineData("empty layer list")]
    [InlineData("sha512")]
    [InlineData("nested index")]
    public async Task Unusual_and_allowed_pushed(string what)
    {
        var config = "{}"u8.ToArray();
        var layer = what == "empty blob" ? [] : Bytes;
        await Registry.PushBlobAsync("a", config);
        var layerName = await Registry.PushBlobAsync("a", layer, what == "sha512" ? TestRegistry.Sha512(layer) : null);
        var image = TestRegistry.Image(config, layer);
        if (what == "sha512") image = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(image).Replace(Digest.Sha256(layer).ToString(), layerName.ToString()));
        if (what == "empty layer list") image = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{{Digest.Sha256(config)}}","size":2},"layers":[]}""");
        List<byte[]> manifests = [image];
        if (what == "nested index") manifests.AddRange([TestRegistry.Index(image), TestRegistry.Index(TestRegistry.Index(image))]);
        foreach (var manifest in manifests)
        {
            var name = what == "sha512" ? TestRegistry.Sha512(manifest) : Digest.Sha256(manifest);
            using var put = await Registry.PutManifestAsync("a", name.ToString(), manifest, manifest == image ? MediaTypes.OciManifest : MediaTypes.OciIndex);
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
            Assert.Equal(manifest, await Registry.Http.GetByteArrayAsync($"/v2/a/manifests/{name}"));
        }
        Assert.Equal(layer, await Registry.Http.GetByteArrayAsync($"/v2/a/blobs/{layerName}"));
    }

    private async Task RefusedAsync(string body, string mediaType)
    {
        using var answer = await Registry.PutManifestAsync("a", "v1", Encoding.UTF8.GetBytes(body), mediaType);
        Assert.Equal((HttpStatusCode.BadRequest, "MANIFEST_INVALID"), (answer.StatusCode, await answer.ErrorAsync()));
        Assert.Empty(Registry.Content());
    }
}
