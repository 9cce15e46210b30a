using System.IO.Compression;
using Viaduct.Oci;

namespace Viaduct.Server.Tests.Personalities;

/// <summary>Quay, Artifactory and Harbor.</summary>
public sealed class OtherRegistriesTests
{
    [Theory]
    [InlineData("", "400 NAME_INVALID")]
    [InlineData("&from=", "400 NAME_INVALID")]
    [InlineData("&from=team/other", "201")]
    [InlineData("&from=team/none", "202")]
    public async Task At_Quay_a_mount_names_its_source(string from, string answer)
    {
        await using var registry = await PlayedRegistry.StartAsync("quay");
        var digest = await registry.PushBlobAsync([7], "team/other");
        Assert.Equal(answer, await registry.AnswerAsync("POST", $"/v2/team/app/blobs/uploads/?mount={digest}{from}"));
    }

    [Fact]
    public async Task At_Quay_a_manifest_is_accepted_and_a_blob_is_created()
    {
        await using var registry = await PlayedRegistry.StartAsync("quay");
        Assert.Equal("202", (await registry.PutAsync("v1")).Answer);
        Assert.Equal("200", await registry.AnswerAsync("GET", "/v2/team/app/manifests/v1"));
    }

    [Fact]
    public async Task At_Artifactory_a_missing_tag_is_forbidden_and_a_missing_digest_is_missing()
    {
        await using var registry = await PlayedRegistry.StartAsync("artifactory");
        await registry.PutAsync("v1");
        Assert.Equal("200", await registry.AnswerAsync("GET", "/v2/team/app/manifests/v1"));
        Assert.Equal("403 DENIED", await registry.AnswerAsync("GET", "/v2/team/app/manifests/v2"));
        Assert.Equal("403", await registry.AnswerAsync("HEAD", "/v2/team/app/manifests/v2"));
        Assert.Equal("404 MANIFEST_UNKNOWN", await registry.AnswerAsync("GET", $"/v2/team/app/manifests/{Digest.Sha256([9])}"));
    }

    [Theory]
    [InlineData("/v2/team/app/tags/list", true, "406 UNSUPPORTED")]
    [InlineData("/v2/team/app/blobs/sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a", true, "406 UNSUPPORTED")]
    [InlineData("/v2/team/app/manifests/v1", true, "200")]
    [InlineData("/v2/team/app/tags/list", false, "200")]
    [InlineData("/v2/team/app/blobs/sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a", false, "200")]
    public async Task At_Artifactory_the_Accept_list_of_a_pull_belongs_to_manifests(string path, bool asPull, string answer)
    {
        await using var registry = await PlayedRegistry.StartAsync("artifactory");
        await registry.PutAsync("v1");
        Assert.Equal(answer, await registry.AnswerAsync("GET", path, null, ("Accept", asPull ? string.Join(", ", MediaTypes.Manifests) : "*/*")));
    }

    [Theory]
    [InlineData("/v2/team/app/manifests/v2")]
    [InlineData("/v2/team/app/blobs/sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a")]
    [InlineData("/v2/team/app/tags/list")]
    public async Task At_Harbor_what_is_missing_is_UNKNOWN(string path)
    {
        await using var registry = await PlayedRegistry.StartAsync("harbor");
        using var answer = await registry.SendAsync("GET", path);
        Assert.Equal((404, """{"errors":[{"code":"UNKNOWN","message":"not found","detail":null}]}"""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task At_Harbor_GET_has_another_length_than_HEAD_for_who_asks_for_compression()
    {
        await using var registry = await PlayedRegistry.StartAsync("harbor");
        var (_, digest) = await registry.PutAsync("v1");
        const string path = "/v2/team/app/manifests/v1";
        using var head = await registry.SendAsync("HEAD", path, null, ("Accept-Encoding", "gzip"));
        using var packed = await registry.SendAsync("GET", path, null, ("Accept-Encoding", "gzip"));
        using var plain = await registry.SendAsync("GET", path);
        Assert.Equal(head.Content.Headers.ContentLength, plain.Content.Headers.ContentLength);
        Assert.NotEqual(head.Content.Headers.ContentLength, packed.Content.Headers.ContentLength);
        Assert.Equal("gzip", packed.Header("Content-Encoding"));
        await using var gzip = new GZipStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        await gzip.CopyToAsync(bytes);
        Assert.Equal(digest, Digest.Sha256(bytes.ToArray()));
    }
}
