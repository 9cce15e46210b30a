using System.Net;
using Viaduct.Oci;

namespace Viaduct.Server.Tests;

public sealed class UploadTests : RegistryTest
{
    private static readonly byte[] Ten = "0123456789"u8.ToArray();
    private static readonly Digest Digest = Digest.Sha256(Ten);

    [Fact]
    public async Task A_begun_upload_says_where_and_how_far()
    {
        using var response = await Registry.SendAsync("POST", "/v2/a/blobs/uploads/", null, ("Content-Type", "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("0-0", response.Header("Range"));
        Assert.StartsWith("/v2/a/blobs/uploads/", response.Headers.Location!.ToString());
        Assert.Equal(202, await Registry.StatusAsync("POST", "/v2/a/blobs/uploads"));
    }

    [Fact]
    public async Task Chunks_in_order_make_a_blob()
    {
        var location = await Registry.BeginAsync("a");
        using (var first = await Registry.SendAsync("PATCH", location, Ten[..4], ("Content-Range", "0-3")))
        {
            Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
            Assert.Equal("0-3", first.Header("Range"));
        }
        using (var status = await Registry.SendAsync("GET", location))
        {
            Assert.Equal(HttpStatusCode.NoContent, status.StatusCode);
            Assert.Equal("0-3", status.Header("Range"));
        }
        Assert.Equal(202, await Registry.StatusAsync("PATCH", location, Ten[4..7]));
        using var put = await Registry.SendAsync("PUT", $"{location}?digest={Digest}&state=x", Ten[7..], ("Content-Range", "7-9"));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal($"/v2/a/blobs/{Digest}", put.Headers.Location!.ToString());
        Assert.Equal(Ten, await Registry.Http.GetByteArrayAsync(put.Headers.Location));
        Assert.Equal(404, await Registry.StatusAsync("GET", location));
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_taken()
    {
        var location = await Registry.BeginAsync("a");
        var request = new HttpRequestMessage(HttpMethod.Patch, location) { Content = new StreamContent(new MemoryStream(Ten)) };
        request.Headers.TransferEncodingChunked = true;
        using var patch = await Registry.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, patch.StatusCode);
        Assert.Equal("0-9", patch.Header("Range"));
        Assert.Equal(201, await Registry.StatusAsync("PUT", $"{location}?_state=abc&digest={Uri.EscapeDataString(Digest.ToString())}"));
    }

    [Fact]
    public async Task The_digest_may_have_another_algorithm_than_the_chunks_were_hashed_with()
    {
        var location = await Registry.BeginAsync("a");
        Assert.Equal(202, await Registry.StatusAsync("PATCH", location, Ten));
        Assert.Equal(201, await Registry.StatusAsync("PUT", $"{location}?digest={TestRegistry.Sha512(Ten)}"));
    }

    [Theory]
    [InlineData("5-8", 416)]
    [InlineData("0-2", 416)]
    [InlineData("2-4", 416)]
    [InlineData("nonsense", 416)]
    [InlineData("3-", 416)]
    [InlineData("5-3", 416)]
    [InlineData("-3-5", 416)]
    [InlineData("3-99", 400)]
    [InlineData("3-5", 202)]
    [InlineData("bytes 3-5/*", 202)]
    public async Task A_chunk_begins_where_the_upload_ends(string range, int status)
    {
        var location = await Registry.BeginAsync("a");
        Assert.Equal(202, await Registry.StatusAsync("PATCH", location, Ten[..3], ("Content-Range", "0-2")));
        using var response = await Registry.SendAsync("PATCH", location, Ten[3..6], ("Content-Range", range));
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 416)
        {
            Assert.Equal("0-2", response.Header("Range"));
            Assert.Equal(location, response.Headers.Location!.ToString());
        }
        using var after = await Registry.SendAsync("GET", location);
        Assert.Equal(status == 202 ? "0-5" : "0-2", after.Header("Range"));
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("?digest=", 400)]
    [InlineData("?digest=sha256:abc", 400)]
    [InlineData("?digest=md5:d41d8cd98f00b204e9800998ecf8427e", 400)]
    [InlineData("?digest=sha256:../../../../etc/passwd", 400)]
    [InlineData("?digest=sha256:0000000000000000000000000000000000000000000000000000000000000000", 400)]
    public async Task A_commit_without_the_right_digest_stores_nothing(string query, int status)
    {
        var location = await Registry.BeginAsync("a");
        using var response = await Registry.SendAsync("PUT", location + query, Ten);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("DIGEST_INVALID", await response.ErrorAsync());
        Assert.DoesNotContain(Registry.Content(), f => !f.StartsWith(Path.Join(Registry.Store, "uploads"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_wrong_digest_the_upload_is_gone_too()
    {
        var location = await Registry.BeginAsync("a");
        Assert.Equal(400, await Registry.StatusAsync("PUT", $"{location}?digest={Digest.Sha256([])}", Ten));
        Assert.Equal(404, await Registry.StatusAsync("GET", location));
        Assert.Empty(Registry.Content());
    }

    [Fact]
    public async Task The_whole_blob_may_come_with_the_post()
    {
        using var response = await Registry.SendAsync("POST", $"/v2/a/blobs/uploads/?digest={Digest}", Ten);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Ten, await Registry.Http.GetByteArrayAsync(response.Headers.Location));
        Assert.Equal(202, await Registry.StatusAsync("POST", $"/v2/b/blobs/uploads/?digest={Digest}", []));
        Assert.Equal(400, await Registry.StatusAsync("POST", $"/v2/c/blobs/uploads/?digest={Digest}", Ten[..9]));
        Assert.Equal(404, await Registry.StatusAsync("HEAD", $"/v2/c/blobs/{Digest}"));
    }

    [Theory]
    [InlineData("mount={0}&from=a", 201)]
    [InlineData("from=a&origin=x&mount={0}", 201)]
    [InlineData("mount={0}", 201)]
    [InlineData("mount={0}&from=", 201)]
    [InlineData("mount={0}&from=other", 202)]
    [InlineData("mount={0}&from=../a", 202)]
    [InlineData("mount={1}&from=a", 202)]
    [InlineData("mount={1}", 202)]
    [InlineData("mount=nonsense&from=a", 400)]
    public async Task A_blob_of_another_repository_is_mounted_or_an_upload_begins(string query, int status)
    {
        await Registry.PushBlobAsync("a", Ten);
        using var response = await Registry.SendAsync("POST", "/v2/b/blobs/uploads/?" + string.Format(null, query, Digest, Digest.Sha256([])));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 201 ? 200 : 404, await Registry.StatusAsync("HEAD", $"/v2/b/blobs/{Digest}"));
        if (status == 202) Assert.Equal(201, await Registry.StatusAsync("PUT", $"{response.Headers.Location}?digest={Digest}", Ten));
    }

    [Fact]
    public async Task A_cancelled_upload_is_unknown()
    {
        var location = await Registry.BeginAsync("a");
        Assert.Equal(204, await Registry.StatusAsync("DELETE", location));
        foreach (var method in (string[])["GET", "PATCH", "DELETE"])
        {
            using var response = await Registry.SendAsync(method, location, method == "PATCH" ? Ten : null);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("BLOB_UPLOAD_UNKNOWN", await response.ErrorAsync());
        }
        Assert.Empty(Registry.Content());
    }

    [Fact]
    public async Task An_upload_belongs_to_the_repository_that_began_it()
    {
        var location = await Registry.BeginAsync("a");
        Assert.Equal(404, await Registry.StatusAsync("PUT", location.Replace("/a/", "/b/") + $"?digest={Digest}", Ten));
        Assert.Equal(201, await Registry.StatusAsync("PUT", location + $"?digest={Digest}", Ten));
    }

    [Fact]
    public async Task What_came_before_a_broken_connection_can_be_continued()
    {
        var location = await Registry.BeginAsync("a");
        await Registry.BreakOffAsync(
            $"PATCH {location} HTTP/1.1\r\nHost: {Registry.Server.Address}\r\nContent-Length: 10\r\n\r\n01234",
            async () => await Registry.RangeAsync(location) == "0-4");
        Assert.Equal(202, await Registry.StatusAsync("PATCH", location, Ten[5..], ("Content-Range", "5-9")));
        Assert.Equal(201, await Registry.StatusAsync("PUT", $"{location}?digest={Digest}"));
    }

    [Fact]
    public async Task Half_a_body_of_a_commit_leaves_the_upload_as_it_was()
    {
        var location = await Registry.BeginAsync("a");
        Assert.Equal(202, await Registry.StatusAsync("PATCH", location, Ten[..2]));
        await Registry.BreakOffAsync(
            $"PUT {location}?digest={Digest} HTTP/1.1\r\nHost: {Registry.Server.Address}\r\nContent-Length: 8\r\n\r\n234",
            async () => await Registry.RangeAsync(location) == "0-4");
        await TestRegistry.EventuallyAsync(async () => await Registry.RangeAsync(location) == "0-1");
        Assert.Equal(404, await Registry.StatusAsync("HEAD", $"/v2/a/blobs/{Digest}"));
        Assert.Equal(201, await Registry.StatusAsync("PUT", $"{location}?digest={Digest}", Ten[2..]));
    }

    [Fact]
    public async Task Half_a_body_of_a_single_post_leaves_nothing()
    {
        await Registry.BreakOffAsync(
            $"POST /v2/a/blobs/uploads/?digest={Digest} HTTP/1.1\r\nHost: {Registry.Server.Address}\r\nContent-Length: 10\r\n\r\n01234",
            () => Task.FromResult(Registry.Content().Any()));
        await TestRegistry.EventuallyAsync(() => Task.FromResult(!Registry.Content().Any()));
        Assert.Equal(404, await Registry.StatusAsync("HEAD", $"/v2/a/blobs/{Digest}"));
    }

    [Fact]
    public async Task A_client_that_stands_still_is_sent_away()
    {
        await using var impatient = await TestRegistry.StartAsync(change: o => o with { StallTimeout = TimeSpan.FromMilliseconds(150) });
        var location = await impatient.BeginAsync("a");
        var line = await impatient.RawAsync($"PATCH {location} HTTP/1.1\r\nHost: {impatient.Server.Address}\r\nContent-Length: 10\r\n\r\n01234");
        Assert.Equal("HTTP/1.1 408 Request Timeout", line);
        using var status = await impatient.SendAsync("GET", location);
        Assert.Equal("0-4", status.Header("Range"));
    }

    [Fact]
    public async Task Sixteen_pushes_of_one_blob_all_succeed()
    {
        var bytes = TestRegistry.Random(300_000);
        var digest = Digest.Sha256(bytes);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Registry.PushBlobAsync(i % 2 == 0 ? "a" : "b", bytes)));
        Assert.Equal(bytes, await Registry.Http.GetByteArrayAsync($"/v2/a/blobs/{digest}"));
        Assert.Equal(3, Registry.Content().Count());
    }

    [Fact]
    public async Task Two_requests_on_one_upload_take_turns()
    {
        var location = await Registry.BeginAsync("a");
        var bytes = TestRegistry.Random(1000);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Registry.StatusAsync("PATCH", location, bytes)));
        using var status = await Registry.SendAsync("GET", location);
        Assert.Equal("0-7999", status.Header("Range"));
        Assert.Equal(201, await Registry.StatusAsync("PUT", $"{location}?digest={Digest.Sha256([.. Enumerable.Repeat(bytes, 8).SelectMany(b => b)])}"));
    }

    [Fact]
    public async Task Of_two_commits_of_one_upload_one_is_told_that_it_is_gone()
    {
        var location = await Registry.BeginAsync("a");
        Assert.Equal(202, await Registry.StatusAsync("PATCH", location, Ten));
        var statuses = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Registry.StatusAsync("PUT", $"{location}?digest={Digest}")));
        Assert.Equal([201, 404], statuses.Order());
    }
}
