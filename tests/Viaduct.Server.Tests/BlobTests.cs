using System.Net;
using Viaduct.Oci;

namespace Viaduct.Server.Tests;

public sealed class BlobTests : RegistryTest
{
    private static readonly byte[] Ten = "0123456789"u8.ToArray();

    [Theory]
    [InlineData("a")]
    [InlineData("command/blobs")]
    [InlineData("manifests/tags/list")]
    [InlineData("blobs/uploads")]
    [InlineData("con/aux.x/nul")]
    public async Task A_pushed_blob_is_there_under_any_name(string repository)
    {
        var digest = await Registry.PushBlobAsync(repository, Ten);
        using var head = await Registry.SendAsync("HEAD", $"/v2/{repository}/blobs/{digest}");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(10, head.Content.Headers.ContentLength);
        Assert.Equal(digest.ToString(), head.Header("Docker-Content-Digest"));
        Assert.Equal($"\"{digest}\"", head.Header("ETag"));
        Assert.Equal("registry/2.0", head.Header("Docker-Distribution-Api-Version"));
        Assert.Equal(Ten, await Registry.Http.GetByteArrayAsync($"/v2/{repository}/blobs/{digest}"));
    }

    [Fact]
    public async Task A_blob_is_seen_in_its_own_repository_only()
    {
        var digest = await Registry.PushBlobAsync("a", Ten);
        Assert.Equal(404, await Registry.StatusAsync("HEAD", $"/v2/a/b/blobs/{digest}"));
        using var response = await Registry.SendAsync("GET", $"/v2/b/blobs/{digest}");
        Assert.Equal("BLOB_UNKNOWN", await response.ErrorAsync());
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "0123", "bytes 0-3/10")]
    [InlineData("bytes=4-", 206, "456789", "bytes 4-9/10")]
    [InlineData("bytes=-3", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-99", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=8-99", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=10-", 416, "", "bytes */10")]
    [InlineData("bytes=-0", 416, "", "bytes */10")]
    [InlineData("bytes=5-2", 200, "0123456789", null)]
    [InlineData("bytes=0-1,3-4", 200, "0123456789", null)]
    [InlineData("bytes=x-y", 200, "0123456789", null)]
    [InlineData("lines=1-2", 200, "0123456789", null)]
    [InlineData("bytes=99999999999999999999-", 200, "0123456789", null)]
    public async Task A_range_is_served_refused_or_ignored(string range, int status, string body, string? contentRange)
    {
        var digest = await Registry.PushBlobAsync("a", Ten);
        using var response = await Registry.SendAsync("GET", $"/v2/a/blobs/{digest}", null, ("Range", range));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        Assert.Equal(contentRange, response.Header("Content-Range"));
    }

    [Fact]
    public async Task An_etag_that_the_client_has_answers_304()
    {
        var digest = await Registry.PushBlobAsync("a", Ten);
        Assert.Equal(304, await Registry.StatusAsync("GET", $"/v2/a/blobs/{digest}", null, ("If-None-Match", $"\"{digest}\"")));
        Assert.Equal(200, await Registry.StatusAsync("GET", $"/v2/a/blobs/{digest}", null, ("If-None-Match", "\"other\"")));
    }

    [Fact]
    public async Task A_large_blob_comes_back_whole()
    {
        var bytes = TestRegistry.Random(5_000_001);
        var digest = await Registry.PushBlobAsync("a", bytes);
        Assert.Equal(bytes, await Registry.Http.GetByteArrayAsync($"/v2/a/blobs/{digest}"));
    }

    [Fact]
    public async Task An_empty_blob_is_a_blob()
    {
        var digest = await Registry.PushBlobAsync("a", []);
        Assert.Empty(await Registry.Http.GetByteArrayAsync($"/v2/a/blobs/{digest}"));
        Assert.Equal(201, await Registry.StatusAsync("POST", $"/v2/b/blobs/uploads/?digest={digest}", []));
    }

    [Fact]
    public async Task A_sha512_digest_is_as_good_as_a_sha256_digest()
    {
        var digest = await Registry.PushBlobAsync("a", Ten, TestRegistry.Sha512(Ten));
        using var response = await Registry.SendAsync("GET", $"/v2/a/blobs/{digest}");
        Assert.Equal(digest.ToString(), response.Header("Docker-Content-Digest"));
        Assert.Equal(Ten, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(404, await Registry.StatusAsync("HEAD", $"/v2/a/blobs/{Digest.Sha256(Ten)}"));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_from_its_repository_alone()
    {
        var digest = await Registry.PushBlobAsync("a", Ten);
        await Registry.PushBlobAsync("b", Ten);
        Assert.Equal(202, await Registry.StatusAsync("DELETE", $"/v2/a/blobs/{digest}"));
        Assert.Equal(404, await Registry.StatusAsync("DELETE", $"/v2/a/blobs/{digest}"));
        Assert.Equal(404, await Registry.StatusAsync("GET", $"/v2/a/blobs/{digest}"));
        Assert.Equal(200, await Registry.StatusAsync("GET", $"/v2/b/blobs/{digest}"));
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_405(string method)
    {
        using var response = await Registry.SendAsync(method, $"/v2/a/blobs/{Digest.Sha256(Ten)}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("UNSUPPORTED", await response.ErrorAsync());
    }
}
