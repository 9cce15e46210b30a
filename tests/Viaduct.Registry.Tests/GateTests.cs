namespace Viaduct.Registry.Tests;

public sealed class GateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Refusals_without_a_challenge_do_not_wait_for_each_other_however_narrow_the_gate(int concurrency)
    {
        var refusing = 0;
        var all = new TaskCompletionSource();
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Method == "GET" && http.Request.Path != "/v2/") await http.AnswerManifestAsync();
            else if (http.Request.Headers.Authorization.Count > 0)
            {
                await http.Request.Body.CopyToAsync(Stream.Null);
                await http.AnswerAsync(http.Request.Method == "POST" ? 202 : 201, null, "", ("Location", "/v2/upload/1"));
            }
            else if (http.Request.Path == "/v2/") await http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\""));
            else
            {
                // As many refusals are held as there are places, so that no place is left.
                if (Interlocked.Increment(ref refusing) == concurrency) all.SetResult();
                await all.Task;
                await http.AnswerAsync(401);
            }
        });
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, new("alice", "pw"))), concurrency: concurrency);
        var repository = client.Repository(registry);
        Assert.NotNull(await repository.FindManifestAsync("v1", default));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => repository.PushBlobAsync(Samples.Blob(1000, i), default))).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(16, registry.Count("PUT", "/v2/upload/1"));
        Assert.InRange(registry.Count("GET", "/v2/") - registry.Count("GET", "/v2/team"), 1, concurrency);
    }

    [Fact]
    public async Task The_first_request_of_all_may_be_refused_without_a_challenge_when_there_is_one_place()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Headers.Authorization.Count > 0 ? http.AnswerManifestAsync()
            : http.Request.Path == "/v2/" ? http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\""))
            : http.AnswerAsync(401));
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, new("alice", "pw"))), concurrency: 1);
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default).WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
