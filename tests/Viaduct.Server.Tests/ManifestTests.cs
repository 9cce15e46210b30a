using System.Net;
using System.Text;
using Viaduct.Oci;

namespace Viaduct.Server.Tests;

public sealed class ManifestTests : RegistryTest
{
    [Fact]
    public async Task A_manifest_is_found_by_tag_and_by_digest_byte_for_byte()
    {
        var manifest = await Registry.PushImageAsync("a/b", "v1");
        var digest = Digest.Sha256(manifest);
        foreach (var reference in (string[])["v1", digest.ToString(), Uri.EscapeDataString(digest.ToString())])
        {
            using var response = await Registry.SendAsync("GET", $"/v2/a/b/manifests/{reference}");
            Assert.Equal(manifest, await response.Content.ReadAsByteArrayAsync());
            Assert.Equal(MediaTypes.OciManifest, response.Header("Content-Type"));
            Assert.Equal(digest.ToString(), response.Header("Docker-Content-Digest"));
            Assert.Equal($"\"{digest}\"", response.Header("ETag"));
        }
        using var head = await Registry.SendAsync("HEAD", "/v2/a/b/manifests/v1", null, ("Accept", "application/x-nothing"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(manifest.Length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_push_answers_with_digest_and_place()
    {
        var manifest = await Registry.PushImageAsync("a", "v1");
        using var response = await Registry.PutManifestAsync("a", "v2", manifest, MediaTypes.OciManifest + "; charset=utf-8");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal($"/v2/a/manifests/{Digest.Sha256(manifest)}", response.Headers.Location!.ToString());
        Assert.Equal(Digest.Sha256(manifest).ToString(), response.Header("Docker-Content-Digest"));
        Assert.Null(response.Header("OCI-Subject"));
    }

    [Fact]
    public async Task A_tag_moves()
    {
        var first = await Registry.PushImageAsync("a", "v1");
        var second = await Registry.PushImageAsync("a", "v1");
        Assert.Equal(second, await Registry.Http.GetByteArrayAsync("/v2/a/manifests/v1"));
        Assert.Equal(first, await Registry.Http.GetByteArrayAsync($"/v2/a/manifests/{Digest.Sha256(first)}"));
    }

    [Fact]
    public async Task Tags_that_differ_in_case_are_two()
    {
        var lower = await Registry.PushImageAsync("a", "latest");
        var upper = await Registry.PushImageAsync("a", "Latest");
        Assert.Equal(lower, await Registry.Http.GetByteArrayAsync("/v2/a/manifests/latest"));
        Assert.Equal(upper, await Registry.Http.GetByteArrayAsync("/v2/a/manifests/Latest"));
    }

    [Fact]
    public async Task A_push_by_digest_may_bring_tags_along()
    {
        var manifest = await Registry.PushImageAsync("a", "v1");
        using var response = await Registry.PutManifestAsync("a", $"{Digest.Sha256(manifest)}?tag=x&tag=y", manifest);
        Assert.Equal("x, y", response.Header("OCI-Tag"));
        Assert.Equal(manifest, await Registry.Http.GetByteArrayAsync("/v2/a/manifests/y"));
    }

    [Fact]
    public async Task A_manifest_may_have_a_sha512_digest()
    {
        var manifest = await Registry.PushImageAsync("a", "v1");
        var digest = TestRegistry.Sha512(manifest);
        using var put = await Registry.PutManifestAsync("a", digest.ToString(), manifest);
        Assert.Equal(digest.ToString(), put.Header("Docker-Content-Digest"));
        using var get = await Registry.SendAsync("GET", $"/v2/a/manifests/{digest}");
        Assert.Equal(digest.ToString(), get.Header("Docker-Content-Digest"));
        Assert.Equal(manifest, await get.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Indexes_may_nest_but_not_before_their_children()
    {
        var child = await Registry.PushImageAsync("a", "child");
        var index = TestRegistry.Index(child);
        var outer = TestRegistry.Index(index);
        using var early = await Registry.PutManifestAsync("a", "outer", outer, MediaTypes.OciIndex);
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        Assert.Equal("MANIFEST_BLOB_UNKNOWN", await early.ErrorAsync());
        Assert.Equal(201, (int)(await Registry.PutManifestAsync("a", "inner", index, MediaTypes.OciIndex)).StatusCode);
        Assert.Equal(201, (int)(await Registry.PutManifestAsync("a", "outer", outer, MediaTypes.OciIndex)).StatusCode);
        Assert.Equal(404, (int)(await Registry.PutManifestAsync("b", "inner", index, MediaTypes.OciIndex)).StatusCode);
    }

    [Fact]
    public async Task Missing_blobs_are_named()
    {
        var (config, layer) = (TestRegistry.Random(9), TestRegistry.Random(9));
        await Registry.PushBlobAsync("a", config);
        using var response = await Registry.PutManifestAsync("a", "v1", TestRegistry.Image(config, layer));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains(Digest.Sha256(layer).ToString(), text);
        Assert.DoesNotContain(Digest.Sha256(config).ToString(), text);
        Assert.Equal(404, await Registry.StatusAsync("GET", "/v2/a/manifests/v1"));
    }

    [Fact]
    public async Task Layers_that_lie_elsewhere_are_not_asked_for()
    {
        var config = TestRegistry.Random(9);
        await Registry.PushBlobAsync("a", config);
        var foreign = Encoding.UTF8.GetString(TestRegistry.Image(config, TestRegistry.Random(9))).Replace(MediaTypes.OciLayerGzip, "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip");
        Assert.Equal(201, (int)(await Registry.PutManifestAsync("a", "v1", Encoding.UTF8.GetBytes(foreign))).StatusCode);
    }

    public static TheoryData<string, string?, int> Bodies => new()
    {
        { "", MediaTypes.OciManifest, 400 },
        { "no json", MediaTypes.OciManifest, 400 },
        { "[]", MediaTypes.OciManifest, 400 },
        { "{}", MediaTypes.OciManifest, 400 },
        { "{}", null, 400 },
        { """{"schemaVersion":1,"name":"x"}""", "application/vnd.docker.distribution.manifest.v1+json", 400 },
        { $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.DockerManifest}}","config":{},"layers":[]}""", MediaTypes.OciManifest, 400 },
        { $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[],"layers":[]}""", MediaTypes.OciIndex, 400 },
        { $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{"digest":"sha256:../../x","size":1}]}""", MediaTypes.OciIndex, 400 },
        { $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[],"subject":{"digest":"x"} }""", MediaTypes.OciIndex, 400 },
        { $$"""{"schemaVersion":2,"mediaType":"a/b\r\nX-Evil: 1"}""", null, 400 },
        { """{"subject":{"digest":"nonsense"}}""", "application/x", 400 },
        { $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[]}""", MediaTypes.OciIndex, 201 },
        { $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[]}""", null, 201 },
        { """{"schemaVersion":2,"manifests":[]}""", MediaTypes.OciIndex, 201 },
        { """{"anything":true}""", "application/vnd.example+json", 201 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_manifest_has_to_be_one(string body, string? mediaType, int status)
    {
        using var response = await Registry.PutManifestAsync("a", "v1", Encoding.UTF8.GetBytes(body), mediaType);
        Assert.Equal(status, (int)response.StatusCode);
        if (status != 201) Assert.Equal("MANIFEST_INVALID", await response.ErrorAsync());
        Assert.Equal(status == 201 ? 200 : 404, await Registry.StatusAsync("GET", "/v2/a/manifests/v1"));
    }

    [Theory]
    [InlineData("""{"anything":true}""", "application/vnd.example+json")]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""", MediaTypes.DockerList)]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""", MediaTypes.OciIndex)]
    public async Task The_media_type_is_kept_where_the_manifest_does_not_say_it(string body, string mediaType)
    {
        Assert.Equal(201, (int)(await Registry.PutManifestAsync("a", "v1", Encoding.UTF8.GetBytes(body), mediaType)).StatusCode);
        using var response = await Registry.SendAsync("GET", "/v2/a/manifests/v1");
        Assert.Equal(mediaType, response.Header("Content-Type"));
    }

    [Fact]
    public async Task Four_mebibytes_are_a_manifest_and_one_byte_more_is_not()
    {
        const string Start = """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[],"annotations":{"x":"|"}}""";
        byte[] Padded(int size) => Encoding.UTF8.GetBytes(Start.Replace("|", new string('x', size - Start.Length + 1)));
        Assert.Equal(201, (int)(await Registry.PutManifestAsync("a", "v1", Padded(RawManifest.MaxSize), MediaTypes.OciIndex)).StatusCode);
        Assert.Equal(RawManifest.MaxSize, (await Registry.Http.GetByteArrayAsync("/v2/a/manifests/v1")).Length);

        var line = await Registry.RawAsync($"PUT /v2/a/manifests/v2 HTTP/1.1\r\nHost: {Registry.Server.Address}\r\nContent-Length: {RawManifest.MaxSize + 1}\r\n\r\n");
        Assert.Equal("HTTP/1.1 413 Payload Too Large", line);
        var chunked = new HttpRequestMessage(HttpMethod.Put, "/v2/a/manifests/v2") { Content = new StreamContent(new MemoryStream(Padded(RawManifest.MaxSize + 1))) };
        chunked.Headers.TransferEncodingChunked = true;
        using var response = await Registry.Http.SendAsync(chunked);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000", "DIGEST_INVALID")]
    [InlineData("sha256:short", "DIGEST_INVALID")]
    [InlineData(".hidden", "TAG_INVALID")]
    [InlineData("-dash", "TAG_INVALID")]
    [InlineData("a%20b", "TAG_INVALID")]
    [InlineData("ok%2F..%2Fevil", "TAG_INVALID")]
    public async Task A_push_to_a_bad_reference_is_refused(string reference, string code)
    {
        var manifest = await Registry.PushImageAsync("a", "v1");
        using var response = await Registry.PutManifestAsync("a", reference, manifest);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await response.ErrorAsync());
    }

    [Fact]
    public async Task A_tag_has_128_characters_at_most()
    {
        var manifest = await Registry.PushImageAsync("a", "v1");
        var longest = new string('A', 128);
        Assert.Equal(201, (int)(await Registry.PutManifestAsync("a", longest, manifest)).StatusCode);
        Assert.Equal(manifest, await Registry.Http.GetByteArrayAsync("/v2/a/manifests/" + longest));
        Assert.Equal(400, (int)(await Registry.PutManifestAsync("a", longest + "A", manifest)).StatusCode);
        Assert.Equal(404, await Registry.StatusAsync("GET", $"/v2/a/manifests/{longest}A"));
    }

    [Fact]
    public async Task Deleting_a_tag_leaves_the_manifest()
    {
        var manifest = await Registry.PushImageAsync("a", "v1");
        Assert.Equal(202, await Registry.StatusAsync("DELETE", "/v2/a/manifests/v1"));
        Assert.Equal(404, await Registry.StatusAsync("DELETE", "/v2/a/manifests/v1"));
        Assert.Equal(404, await Registry.StatusAsync("GET", "/v2/a/manifests/v1"));
        Assert.Equal(200, await Registry.StatusAsync("GET", $"/v2/a/manifests/{Digest.Sha256(manifest)}"));
    }

    [Fact]
    public async Task Deleting_a_manifest_takes_its_tags_along()
    {
        var manifest = await Registry.PushImageAsync("a", "v1");
        await Registry.PutManifestAsync("a", "v2", manifest);
        await Registry.PushImageAsync("a", "other");
        Assert.Equal(202, await Registry.StatusAsync("DELETE", $"/v2/a/manifests/{Digest.Sha256(manifest)}"));
        Assert.Equal(404, await Registry.StatusAsync("DELETE", $"/v2/a/manifests/{Digest.Sha256(manifest)}"));
        Assert.Equal(404, await Registry.StatusAsync("GET", "/v2/a/manifests/v2"));
        using var tags = await Registry.SendAsync("GET", "/v2/a/tags/list");
        Assert.Equal(["other"], await tags.ListAsync("tags"));
    }

    [Fact]
    public async Task Pushes_and_deletes_at_once_leave_no_tag_without_its_manifest()
    {
        var manifest = await Registry.PushImageAsync("a", "v0");
        var digest = Digest.Sha256(manifest);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => i % 3 == 0
            ? Registry.StatusAsync("DELETE", $"/v2/a/manifests/{digest}")
            : Registry.StatusAsync("PUT", $"/v2/a/manifests/v{i}", manifest, ("Content-Type", MediaTypes.OciManifest))));
        using var tags = await Registry.SendAsync("GET", "/v2/a/tags/list");
        foreach (var tag in await tags.ListAsync("tags"))
            Assert.Equal(200, await Registry.StatusAsync("GET", $"/v2/a/manifests/{tag}"));
    }
}
