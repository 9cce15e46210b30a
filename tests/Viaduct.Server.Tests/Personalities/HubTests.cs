using Viaduct.Oci;

namespace Viaduct.Server.Tests.Personalities;

public sealed class HubTests
{
    [Fact]
    public async Task Pulls_are_counted_by_GET_and_HEAD_is_free()
    {
        var clock = new TestClock();
        await using var registry = await PlayedRegistry.StartAsync("hub", ["pulls=2"], clock);
        await registry.PutAsync("v1");
        Assert.Equal("200 2;w=21600", await AskAsync("HEAD"));
        Assert.Equal("404 2;w=21600", await AskAsync("GET", "missing"));
        Assert.Equal("200 1;w=21600", await AskAsync("GET"));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("200 0;w=21600", await AskAsync("GET"));
        Assert.Equal("200 0;w=21600", await AskAsync("HEAD"));

        using var refused = await registry.SendAsync("GET", "/v2/team/app/manifests/v1");
        Assert.Equal((429, "21540", "2;w=21600", "viaduct"), ((int)refused.StatusCode, refused.Header("Retry-After"), refused.Header("ratelimit-limit"), refused.Header("docker-ratelimit-source")));
        Assert.Equal("text/plain", refused.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("You have reached your pull rate limit.", await refused.Content.ReadAsStringAsync());

        registry.Authorization = "Bearer " + await registry.TokenAsync("repository:team/app:pull", null);
        Assert.Equal("200 1;w=21600", await AskAsync("GET"));
        await TestRegistry.EventuallyAsync(() => Task.FromResult(registry.Rehearsal.Report() is
        {
            PullLimit: 2,
            Pulls: [{ Account: "anonymous", Pulls: 1 }, { Account: "viaduct", Pulls: 2 }],
            Refusals: [{ Rule: "pull-rate", Status: 429, Count: 1 }],
        }));

        async Task<string> AskAsync(string method, string tag = "v1")
        {
            using var answer = await registry.SendAsync(method, $"/v2/team/app/manifests/{tag}");
            return $"{(int)answer.StatusCode} {answer.Header("ratelimit-remaining")}";
        }
    }

    [Fact]
    public async Task After_six_hours_there_are_pulls_again()
    {
        var clock = new TestClock();
        await using var registry = await PlayedRegistry.StartAsync("hub", ["pulls=1"], clock);
        await registry.PutAsync("v1");
        Assert.Equal("200", await registry.AnswerAsync("GET", "/v2/team/app/manifests/v1"));
        clock.Advance(TimeSpan.FromHours(6));
        registry.Authorization = "Bearer " + await registry.TokenAsync("repository:team/app:pull", registry.Basic);
        Assert.Equal("200", await registry.AnswerAsync("GET", "/v2/team/app/manifests/v1"));
    }

    [Fact]
    public async Task Names_of_one_component_are_below_library()
    {
        await using var registry = await PlayedRegistry.StartAsync("hub", scope: "repository:pause:pull,push repository:pause-amd64:pull,push");
        Assert.StartsWith("/v2/library/pause/blobs/uploads/", await registry.BeginAsync("pause"));
        var digest = await registry.PushBlobAsync([7], "pause-amd64");
        Assert.Equal("200", await registry.AnswerAsync("HEAD", $"/v2/library/pause-amd64/blobs/{digest}"));
        Assert.Equal("201", await registry.AnswerAsync("POST", $"/v2/pause/blobs/uploads/?mount={digest}&from=pause-amd64"));
        Assert.Equal("200", await registry.AnswerAsync("HEAD", $"/v2/pause/blobs/{digest}"));
    }

    [Theory]
    [InlineData("elsewhere/base")]
    [InlineData("team/other")]
    public async Task A_mount_from_what_is_not_there_is_refused(string from)
    {
        await using var registry = await PlayedRegistry.StartAsync("hub");
        Assert.Equal("401 UNAUTHORIZED", await registry.AnswerAsync("POST", $"/v2/team/app/blobs/uploads/?mount={Digest.Sha256([7])}&from={from}"));
    }

    [Fact]
    public async Task The_catalog_is_for_nobody()
    {
        await using var registry = await PlayedRegistry.StartAsync("hub", scope: "registry:catalog:*");
        Assert.Equal("401 UNAUTHORIZED", await registry.AnswerAsync("GET", "/v2/_catalog"));
    }

    [Fact]
    public async Task A_manifest_is_deleted_by_digest_and_only_without_a_tag()
    {
        await using var registry = await PlayedRegistry.StartAsync("hub");
        var (_, tagged) = await registry.PutAsync("v1");
        Assert.Equal("405 UNSUPPORTED", await registry.AnswerAsync("DELETE", "/v2/team/app/manifests/v1"));
        Assert.Equal("403 DENIED", await registry.AnswerAsync("DELETE", $"/v2/team/app/manifests/{tagged}"));
        await registry.PutAsync("v1", config: "{ }");
        Assert.Equal("202", await registry.AnswerAsync("DELETE", $"/v2/team/app/manifests/{tagged}"));
    }
}
