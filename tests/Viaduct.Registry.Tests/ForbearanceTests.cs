using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Registries that want to be left alone for a while, or whose connections end.</summary>
public sealed class ForbearanceTests
{
    private static RegistryEndpoint Endpoint() => RegistryEndpoint.Of("r.example", new HashSet<string>());

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Whoever_obeys_a_word_to_wait_more_often_than_there_are_tries_does_not_fail_of_it(int status)
    {
        var told = new Dictionary<string, int>();
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            int n;
            lock (told) n = told[http.Request.Path] = told.GetValueOrDefault(http.Request.Path) + 1;
            return n > RetryPolicy.MaxTries + 3 ? http.AnswerManifestAsync() : http.AnswerAsync(status, null, "", ("Retry-After", "1"));
        });
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        foreach (var found in await Task.WhenAll(Enumerable.Range(0, 16).Select(i => repository.FindManifestAsync($"v{i}", default)))) Assert.NotNull(found);
    }

    [Fact]
    public async Task Five_minutes_in_sum_are_the_end_of_it()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(429, null, "", ("Retry-After", "50")));
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal((FailureKind.Throttled, 7), (e.Kind, registry.Seen.Count));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(int.MaxValue, false)]
    public async Task An_upload_that_is_told_to_wait_holds_first_and_asks_then(int refused, bool arrives)
    {
        var clock = new TestClock();
        var puts = 0;
        var hasty = 0;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            if (http.Request.Method == "POST") await http.AnswerAsync(202, null, "", ("Location", "/upload/1"));
            else if (http.Request.Method == "PUT") await (Interlocked.Increment(ref puts) > refused ? http.AnswerAsync(201) : http.AnswerAsync(429, null, "", ("Retry-After", "30")));
            else
            {
                if (http.Request.Method == "HEAD" && clock.Waits.Count(w => w == TimeSpan.FromSeconds(30)) < puts) hasty++;
                await http.AnswerAsync(404);
            }
        });
        using var client = Samples.Client(clock);
        var failure = await Record.ExceptionAsync(() => client.Repository(registry).PushBlobAsync(Samples.Blob(1000), default));
        if (arrives) Assert.Null(failure);
        else Assert.Equal(FailureKind.Throttled, Assert.IsType<RegistryException>(failure).Kind);
        Assert.Equal((arrives ? 9 : 11, arrives ? 0 : 1), (puts, hasty));
        // Each session that was refused is given up by word.
        Assert.Equal(arrives ? 8 : 11, registry.Count("DELETE", "/upload"));
    }

    [Fact]
    public async Task Of_those_who_waited_a_few_go_at_once_and_the_others_by_and_by()
    {
        var clock = new TestClock();
        var pace = new Pace(Endpoint(), clock);
        pace.HoldFor(TimeSpan.FromSeconds(50));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => pace.PassAsync(default).AsTask()));
        var waits = clock.Waits.ToArray();
        Assert.Equal(33, waits.Length);
        Assert.All(waits[1..], w => Assert.InRange(w, TimeSpan.Zero, TimeSpan.FromSeconds(15)));
        await pace.PassAsync(default);
        Assert.Equal(33, clock.Waits.Count);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task A_date_to_come_back_counts_by_the_clock_of_whom_it_is_from(int ahead)
    {
        var clock = new TestClock();
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            var now = clock.GetUtcNow().AddSeconds(ahead);
            return Interlocked.Increment(ref count) > 1 ? http.AnswerManifestAsync()
                : http.AnswerAsync(429, null, "", ("Date", now.ToString("R")), ("Retry-After", now.AddSeconds(20).ToString("R")));
        });
        using var client = Samples.Client(clock);
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(TimeSpan.FromSeconds(20), Assert.Single(clock.Waits));
    }

    [Fact]
    public async Task A_word_to_come_back_now_is_no_invitation_to_hurry()
    {
        var clock = new TestClock();
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(503, null, "", ("Retry-After", "0")));
        using var client = Samples.Client(clock);
        await Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(RetryPolicy.MaxTries, registry.Seen.Count);
        Assert.Equal(RetryPolicy.MaxTries - 1, clock.Waits.Count(w => w >= TimeSpan.FromMilliseconds(125)));
    }

    [Fact]
    public async Task What_broke_with_the_shared_connection_is_tried_again_on_one_of_its_own()
    {
        var shared = 0;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request is { Protocol: "HTTP/2", Method: "GET" or "PUT" })
            {
                Interlocked.Increment(ref shared);
                http.Features.Get<IConnectionLifetimeFeature>()!.Abort();
                return;
            }
            await http.Request.Body.CopyToAsync(Stream.Null);
            if (http.Request.Method == "GET") await http.AnswerManifestAsync();
            else if (http.Request.Method == "POST") await http.AnswerAsync(202, null, "", ("Location", "/upload/1"));
            else await http.AnswerAsync(http.Request.Method == "PUT" ? 201 : 404);
        }, tls: true);
        using var client = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, Insecure = true, Concurrency = 64 });
        var repository = client.Repository(registry);
        foreach (var found in await Task.WhenAll(Enumerable.Range(0, 64).Select(i => repository.FindManifestAsync($"v{i}", default)))) Assert.NotNull(found);
        await repository.PushBlobAsync(Samples.Blob(1000), default);
        Assert.True(shared > 1);
    }

    [Fact]
    public async Task A_registry_that_answered_and_is_started_anew_is_waited_for()
    {
        var clock = new TestClock();
        var registry = await ScriptedRegistry.StartAsync(http => http.AnswerManifestAsync());
        using var client = Samples.Client(clock);
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default));
        await registry.DisposeAsync();
        var e = await Assert.ThrowsAsync<TransportException>(() => client.Repository(registry).FindManifestAsync("v2", default));
        Assert.EndsWith("cannot be reached: connection refused (tried 5 times)", e.Message);
    }

    [Fact]
    public async Task Sessions_are_bounded_also_when_parts_were_tried_at_the_last_one()
    {
        var puts = 0;
        using var stop = new CancellationTokenSource();
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            var n = http.Request.Method == "PUT" ? Interlocked.Increment(ref puts) : 0;
            if (n == 3) { http.Abort(); return; }
            if (n == 40) await stop.CancelAsync();
            await http.Request.Body.CopyToAsync(Stream.Null);
            await (http.Request.Method switch
            {
                "PUT" => n == 4 ? http.AnswerErrorAsync(400, "DIGEST_INVALID") : http.AnswerErrorAsync(503, "UNAVAILABLE"),
                "HEAD" => http.AnswerErrorAsync(404, "BLOB_UNKNOWN"),
                "GET" => http.AnswerAsync(204, null, "", ("Location", "/upload/1"), ("Range", "0-99")),
                _ => http.AnswerAsync(202, null, "", ("Location", "/upload/1")),
            });
        });
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry).PushBlobAsync(Samples.Blob(17 << 20), stop.Token));
        Assert.Equal((503, 5), (e.Status, puts));
    }
}
