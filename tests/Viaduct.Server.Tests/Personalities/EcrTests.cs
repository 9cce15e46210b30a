using Viaduct.Oci;

namespace Viaduct.Server.Tests.Personalities;

public sealed class EcrTests
{
    private const int Part = 5 << 20;

    // sizes of the chunks: answers; the last is that of the commit
    [Theory]
    [InlineData(new[] { Part, 1 }, "201 201 201")]
    [InlineData(new[] { Part, Part, 7 }, "201 201 201 201")]
    [InlineData(new[] { 1 }, "201 201")]
    [InlineData(new[] { Part - 1, 1 }, "201 400 SIZE_INVALID")]
    public async Task Chunks_have_five_MiB_at_least_except_the_last(int[] sizes, string answers)
    {
        await using var registry = await PlayedRegistry.StartAsync("ecr");
        var place = await registry.BeginAsync();
        var said = new List<string>();
        foreach (var size in sizes)
        {
            said.Add(await registry.AnswerAsync("PATCH", place, new byte[size]));
            if (said[^1] != "201") break;
        }
        if (said[^1] == "201") said.Add(await registry.AnswerAsync("PUT", $"{place}?digest={Digest.Sha256(new byte[sizes.Sum()])}"));
        Assert.Equal(answers, string.Join(' ', said));
    }

    [Fact]
    public async Task The_range_after_a_chunk_is_that_of_before()
    {
        await using var registry = await PlayedRegistry.StartAsync("ecr");
        var place = await registry.BeginAsync();
        foreach (var range in (string[])["0-0", $"0-{Part - 1}"])
        {
            using var answer = await registry.SendAsync("PATCH", place, new byte[Part]);
            Assert.Equal((201, range), ((int)answer.StatusCode, answer.Header("Range")));
        }
    }

    [Theory]
    [InlineData("n=1000", "200")]
    [InlineData("n=1001", "400 PAGINATION_NUMBER_INVALID")]
    public async Task A_page_of_tags_has_a_thousand_at_most(string query, string answer)
    {
        await using var registry = await PlayedRegistry.StartAsync("ecr");
        await registry.PutAsync("v1");
        Assert.Equal(answer, await registry.AnswerAsync("GET", "/v2/team/app/tags/list?" + query));
    }

    [Fact]
    public async Task A_mount_begins_an_upload()
    {
        await using var registry = await PlayedRegistry.StartAsync("ecr");
        var digest = await registry.PushBlobAsync([7], "team/other");
        Assert.Equal("202", await registry.AnswerAsync("POST", $"/v2/team/app/blobs/uploads/?mount={digest}&from=team/other"));
        Assert.Equal("404", await registry.AnswerAsync("HEAD", $"/v2/team/app/blobs/{digest}"));
    }

    [Fact]
    public async Task Who_pushes_to_a_repository_that_is_missing_loses_the_connection()
    {
        await using var registry = await PlayedRegistry.StartAsync("ecr", ["create-on-push=off", "repositories=team/other"]);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => registry.AnswerAsync("POST", "/v2/team/app/blobs/uploads/"));
        Assert.Equal("404 NAME_UNKNOWN", await registry.AnswerAsync("GET", "/v2/team/app/manifests/v1"));
        Assert.Equal("201", (await registry.PutAsync("v1", "team/other")).Answer);
        await TestRegistry.EventuallyAsync(() => Task.FromResult(registry.Rehearsal.Report().Refusals is
            [{ Rule: "missing-repository", Status: 404, Count: 1 }, { Rule: "missing-repository", Status: 499, Count: >= 1 }]));
    }

    [Theory]
    [InlineData("immutable-tags=off", "201")]
    [InlineData("immutable-tags", "400 TAG_INVALID")]
    public async Task An_immutable_tag_is_put_once_and_not_even_again_with_the_same_digest(string setting, string again)
    {
        await using var registry = await PlayedRegistry.StartAsync("ecr", [setting]);
        Assert.Equal("201", (await registry.PutAsync("v1")).Answer);
        Assert.Equal(again, (await registry.PutAsync("v1")).Answer);
        Assert.Equal("201", (await registry.PutAsync("v2")).Answer);
    }
}
