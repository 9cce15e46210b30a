using Viaduct.Oci;

namespace Viaduct.Server.Tests.Personalities;

public sealed class GhcrTests
{
    [Theory]
    [InlineData(4 << 20, "202")]
    [InlineData((4 << 20) + 1, "416 BLOB_UPLOAD_INVALID")]
    public async Task A_chunk_has_four_MiB_at_most(int length, string answer)
    {
        await using var registry = await PlayedRegistry.StartAsync("ghcr");
        Assert.Equal(answer, await registry.AnswerAsync("PATCH", await registry.BeginAsync(), new byte[length]));
    }

    [Fact]
    public async Task A_whole_blob_has_no_largest_size()
    {
        await using var registry = await PlayedRegistry.StartAsync("ghcr");
        await registry.PushBlobAsync(new byte[(4 << 20) + 1]);
    }

    [Fact]
    public async Task A_repeated_commit_is_404_although_the_blob_is_stored()
    {
        await using var registry = await PlayedRegistry.StartAsync("ghcr");
        var place = $"{await registry.BeginAsync()}?digest={Digest.Sha256([7])}";
        Assert.Equal("201", await registry.AnswerAsync("PUT", place, [7]));
        Assert.Equal("404 BLOB_UPLOAD_UNKNOWN", await registry.AnswerAsync("PUT", place, [7]));
        Assert.Equal("200", await registry.AnswerAsync("HEAD", $"/v2/team/app/blobs/{Digest.Sha256([7])}"));
    }

    [Fact]
    public async Task Nothing_is_deleted_and_there_are_no_referrers()
    {
        await using var registry = await PlayedRegistry.StartAsync("ghcr", ["tag-lag=0s"]);
        var (_, digest) = await registry.PutAsync("v1");
        Assert.Equal("405 UNSUPPORTED", await registry.AnswerAsync("DELETE", "/v2/team/app/manifests/v1"));
        Assert.Equal("405 UNSUPPORTED", await registry.AnswerAsync("DELETE", $"/v2/team/app/manifests/{digest}"));
        Assert.Equal("405 UNSUPPORTED", await registry.AnswerAsync("DELETE", $"/v2/team/app/blobs/{Digest.Sha256([1])}"));
        Assert.Equal("404 UNSUPPORTED", await registry.AnswerAsync("GET", $"/v2/team/app/referrers/{digest}"));
        Assert.Equal("204", await registry.AnswerAsync("DELETE", await registry.BeginAsync()));
    }

    [Fact]
    public async Task Readers_see_a_tag_late_and_a_digest_at_once()
    {
        var clock = new TestClock();
        await using var registry = await PlayedRegistry.StartAsync("ghcr", ["tag-lag=2s"], clock);
        var (put, first) = await registry.PutAsync("v1");
        Assert.Equal("201", put);
        Assert.Equal("404 MANIFEST_UNKNOWN", await registry.AnswerAsync("GET", "/v2/team/app/manifests/v1"));
        Assert.Equal("200", await registry.AnswerAsync("GET", $"/v2/team/app/manifests/{first}"));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(first.ToString(), await SeenAsync());

        var (_, second) = await registry.PutAsync("v1", config: "{ }");
        Assert.Equal(first.ToString(), await SeenAsync());
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(second.ToString(), await SeenAsync());

        async Task<string?> SeenAsync()
        {
            using var answer = await registry.SendAsync("HEAD", "/v2/team/app/manifests/v1");
            return answer.Header("Docker-Content-Digest");
        }
    }

    [Fact]
    public async Task A_slow_commit_has_stored_the_blob_before_it_answers()
    {
        await using var registry = await PlayedRegistry.StartAsync("ghcr", ["commit-delay=60s"]);
        var commit = registry.AnswerAsync("PUT", $"{await registry.BeginAsync()}?digest={Digest.Sha256([7])}", [7]);
        await TestRegistry.EventuallyAsync(async () => await registry.AnswerAsync("HEAD", $"/v2/team/app/blobs/{Digest.Sha256([7])}") == "200");
        Assert.False(commit.IsCompleted);
    }
}
