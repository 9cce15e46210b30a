using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class TagTests
{
    [Theory]
    [InlineData("""{"name":"a","tags":["b","a","b"]}""", "b a")]
    [InlineData("""{"name":"a","tags":null}""", "")]
    [InlineData("""{"name":"a","tags":["ok","sha256:0000000000000000000000000000000000000000000000000000000000000000",null,7,"../x"]}""", "ok")]
    public async Task A_list_of_tags_is_taken_as_the_field_gives_it(string json, string tags)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, json));
        using var client = Samples.Client();
        Assert.Equal(tags, string.Join(' ', await client.Repository(registry).TagsAsync(default).ToListAsync()));
        Assert.Equal("/v2/team/app/tags/list?n=1000", Assert.Single(registry.Seen).Target);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"tags":"x"}""")]
    [InlineData("nope")]
    public async Task What_is_no_list_is_said_to_be_none(string json)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, json));
        using var client = Samples.Client();
        Assert.Equal("VIA3020", (await Assert.ThrowsAsync<ViaductException>(() => client.Repository(registry).TagsAsync(default).ToListAsync().AsTask())).Code);
    }

    [Fact]
    public async Task Pages_are_followed_to_their_end()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            var page = int.Parse(http.Request.Query["p"].FirstOrDefault() ?? "0");
            if (page < 3) http.Response.Headers.Link = $"</v2/team/app/tags/list?p={page + 1}&x=%2F>; rel=\"next\"";
            return http.AnswerAsync(200, $$"""{"tags":["t{{page}}"]}""");
        });
        using var client = Samples.Client();
        Assert.Equal(["t0", "t1", "t2", "t3"], await client.Repository(registry).TagsAsync(default).ToListAsync());
        Assert.Contains(registry.Seen, s => s.Target == "/v2/team/app/tags/list?p=3&x=%2F");
    }

    [Theory]
    [InlineData("same", 2)]
    [InlineData("empty", 1)]
    [InlineData("host", 1)]
    public async Task A_list_without_end_or_with_an_end_elsewhere_is_given_up(string how, int requests)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            http.Response.Headers.Link = how == "host" ? "<http://127.0.0.1:1/v2/x/tags/list>; rel=next" : $"</v2/team/app/tags/list?r={Guid.NewGuid()}>; rel=\"next\"";
            return http.AnswerAsync(200, how == "empty" ? """{"tags":[]}""" : """{"tags":["a","b"]}""");
        });
        using var client = Samples.Client();
        Assert.Equal("VIA3032", (await Assert.ThrowsAsync<ViaductException>(() => client.Repository(registry).TagsAsync(default).ToListAsync().AsTask())).Code);
        Assert.Equal(requests, registry.Seen.Count);
    }

    [Fact]
    public async Task No_more_tags_are_remembered_than_a_registry_can_have()
    {
        var pages = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            var page = Interlocked.Increment(ref pages);
            http.Response.Headers.Link = $"</v2/team/app/tags/list?p={page}>; rel=\"next\"";
            return http.AnswerAsync(200, $$"""{"tags":[{{string.Join(',', Enumerable.Range(0, 40_000).Select(i => $"\"{page}-{i}\""))}}]}""");
        });
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<ViaductException>(async () => { await foreach (var _ in client.Repository(registry).TagsAsync(default)) { } });
        Assert.Equal(("VIA3032", "the list of tags does not end: there are more than 250000 tags"), (e.Code, e.Message));
        Assert.Equal(7, pages);
    }
}
