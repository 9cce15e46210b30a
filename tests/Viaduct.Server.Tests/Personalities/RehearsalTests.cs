using Viaduct.Oci;

namespace Viaduct.Server.Tests.Personalities;

public sealed class RehearsalTests
{
    // personality, account, setting: code
    [Theory]
    [InlineData("ghost", null, null, "VIA4005")]
    [InlineData("GHCR", null, "tag-lag=60s", null)]
    [InlineData("ghcr", null, "tag-lag=61s", "VIA4006")]
    [InlineData("ghcr", null, "tag-lag=250ms", null)]
    [InlineData("ghcr", null, "tag-lag=2", "VIA4006")]
    [InlineData("ghcr", null, "tag-lag", "VIA4006")]
    [InlineData("ghcr", null, "pulls=1", "VIA4006")]
    [InlineData("hub", null, "pulls=0", null)]
    [InlineData("hub", null, "pulls=-1", "VIA4006")]
    [InlineData("hub", null, "pulls=99999999999999999999", "VIA4006")]
    [InlineData("ecr", null, "immutable-tags=perhaps", "VIA4006")]
    [InlineData("ecr", null, "repositories=a/b,c", null)]
    [InlineData("ecr", null, "repositories=A", "VIA4006")]
    [InlineData("quay", null, "x", "VIA4006")]
    [InlineData("quay", "org+robot:s3cr:et", null, null)]
    [InlineData("quay", "org+robot", null, "VIA4007")]
    [InlineData("quay", "org+robot:", null, "VIA4007")]
    [InlineData("quay", ":s3cret", null, "VIA4007")]
    [InlineData("ecr", "AWS:s3cret", null, null)]
    [InlineData("ecr", "me:s3cret", null, "VIA4007")]
    public void What_cannot_be_played_is_said_before_anything_is_served(string name, string? account, string? setting, string? code)
    {
        var failure = Record.Exception(() => new Rehearsal(name, account is null ? [] : [account], setting is null ? [] : [setting]));
        Assert.Equal(code, (failure as ViaductException)?.Code);
        if (account is not null) Assert.DoesNotContain("s3cr", failure?.Message ?? "");
    }

    [Fact]
    public async Task A_report_counts_requests_bytes_challenges_and_refusals()
    {
        await using var registry = await PlayedRegistry.StartAsync("ghcr");
        await registry.PushBlobAsync([1, 2, 3]);
        await registry.AnswerAsync("GET", "/v2/team/app/referrers/sha256:x");
        registry.Authorization = null;
        await registry.AnswerAsync("GET", "/v2/");
        await TestRegistry.EventuallyAsync(() => Task.FromResult(registry.Rehearsal.Report().Count == 5));
        var report = registry.Rehearsal.Report();
        Assert.Equal(["ping GET 1", "referrers GET 1", "token GET 1", "upload POST 1", "upload PUT 1"], report.Requests.Select(r => $"{r.Kind} {r.Method} {r.Count}"));
        Assert.Equal((3, 1, (long?)null), (report.Received, report.Challenges, report.PullLimit));
        Assert.Equal(new RefusalCount("no-referrers", 404, 1), Assert.Single(report.Refusals));
    }

    [Theory]
    [InlineData("artifactory", "tag-403", 403)]
    [InlineData("harbor", "unknown-404", 404)]
    public async Task A_refusal_in_other_words_is_one_of_its_rule(string name, string rule, int status)
    {
        await using var registry = await PlayedRegistry.StartAsync(name);
        await registry.AnswerAsync("HEAD", "/v2/team/app/manifests/v1");
        await TestRegistry.EventuallyAsync(() => Task.FromResult(registry.Rehearsal.Report().Count == 2));
        Assert.Equal(new RefusalCount(rule, status, 1), Assert.Single(registry.Rehearsal.Report().Refusals));
    }

    [Fact]
    public async Task What_was_sent_compressed_is_counted_so()
    {
        await using var registry = await PlayedRegistry.StartAsync("harbor");
        await registry.PutAsync("v1");
        using var packed = await registry.SendAsync("GET", "/v2/team/app/manifests/v1", null, ("Accept-Encoding", "gzip"));
        var length = (await packed.Content.ReadAsByteArrayAsync()).Length;
        await TestRegistry.EventuallyAsync(() => Task.FromResult(registry.Rehearsal.Report().Requests.Any(r => r is { Kind: "manifest", Method: "GET" })));
        Assert.Equal(length, registry.Rehearsal.Report().Requests.Single(r => r is { Kind: "manifest", Method: "GET" }).Sent);
    }

    [Fact]
    public async Task A_body_without_a_length_is_counted_too()
    {
        await using var registry = await PlayedRegistry.StartAsync("harbor");
        Assert.Equal("202", await registry.AnswerAsync("PATCH", await registry.BeginAsync(), new byte[100_000], ("Transfer-Encoding", "chunked")));
        await TestRegistry.EventuallyAsync(() => Task.FromResult(registry.Rehearsal.Report().Received == 100_000));
    }

    [Fact]
    public async Task Who_plays_nothing_needs_no_account_and_counts_nothing()
    {
        await using var registry = await TestRegistry.StartAsync();
        Assert.Equal(200, await registry.StatusAsync("GET", "/v2/"));
        Assert.Equal(404, await registry.StatusAsync("GET", "/token"));
    }
}
