using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class PaceTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_word_to_wait_is_for_all_requests_to_that_registry(int status)
    {
        var clock = new HandMovedClock();
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => Interlocked.Increment(ref count) == 1
            ? http.AnswerAsync(status, null, "", ("Retry-After", "30")) : http.AnswerManifestAsync());
        await using var other = await ScriptedRegistry.StartAsync(http => http.AnswerManifestAsync());
        using var client = new RegistryClient(new RegistryOptions { Clock = clock, Credentials = NoCredentials.Instance, Concurrency = 16 });
        var first = client.Repository(registry).FindManifestAsync("v1", default);
        await clock.WaitForAsync(TimeSpan.FromSeconds(30));
        var later = Enumerable.Range(0, 5).Select(i => client.Repository(registry).FindManifestAsync($"v{i}", default)).ToArray();
        // Another registry said nothing; its answer also shows that the five have had time to be sent.
        Assert.NotNull(await client.Repository(other).FindManifestAsync("v1", default));
        Assert.Equal(1, count);
        Assert.All(later, t => Assert.False(t.IsCompleted));
        clock.Fire(TimeSpan.FromSeconds(30));
        await Task.WhenAll([first, .. later]).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(7, count);
    }

    [Fact]
    public async Task Whoever_is_held_and_cancels_is_obeyed_and_leaves_no_place_taken()
    {
        var clock = new HandMovedClock();
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => Interlocked.Increment(ref count) == 1
            ? http.AnswerAsync(429, null, "", ("Retry-After", "30")) : http.AnswerManifestAsync());
        using var client = new RegistryClient(new RegistryOptions { Clock = clock, Credentials = NoCredentials.Instance, Concurrency = 1 });
        var first = client.Repository(registry).FindManifestAsync("v1", default);
        await clock.WaitForAsync(TimeSpan.FromSeconds(30));
        using var source = new CancellationTokenSource();
        var second = client.Repository(registry).FindManifestAsync("v2", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        clock.Fire(TimeSpan.FromSeconds(30));
        Assert.NotNull(await first.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_to_be_waited_holds_nobody()
    {
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => Interlocked.Increment(ref count) == 1
            ? http.AnswerAsync(429, null, "", ("Retry-After", "61")) : http.AnswerManifestAsync());
        using var client = Samples.Client();
        await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v2", default));
    }

    [Theory]
    [InlineData("100;w=21600", "76;w=21600", "203.0.113.7", "of 100 requests in 6 h, 76 are left for 203.0.113.7")]
    [InlineData("100;w=21600, 100;w=60", "0", null, "of 100 requests in 6 h, 0 are left")]
    [InlineData("5000", null, null, "of 5000 requests, an unknown number is left")]
    [InlineData("10;w=90", "x", null, "of 10 requests in 90 s, an unknown number is left")]
    [InlineData("10;w=120;comment=\"a\"", "3", null, "of 10 requests in 2 min, 3 are left")]
    [InlineData("-1;w=60", "3", null, null)]
    [InlineData("much", "3", null, null)]
    [InlineData("", null, null, null)]
    public void A_quota_is_read_as_Docker_Hub_says_it(string limit, string? remaining, string? source, string? said) =>
        Assert.Equal(said, RegistryQuota.Read(limit, remaining, source)?.ToString());

    [Fact]
    public async Task The_quota_is_kept_for_the_registry_and_told_with_the_refusal()
    {
        var left = 1;
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            http.Response.Headers["ratelimit-limit"] = "100;w=21600";
            http.Response.Headers["ratelimit-remaining"] = $"{left};w=21600";
            http.Response.Headers["docker-ratelimit-source"] = "203.0.113.7";
            return left-- > 0 ? http.AnswerManifestAsync() : http.AnswerAsync(429, null, "", ("Retry-After", "3600"));
        });
        using var client = Samples.Client();
        Assert.Null(client.QuotaOf(registry.Host));
        await client.Repository(registry).FindManifestAsync("v1", default);
        Assert.Equal(new RegistryQuota(100, TimeSpan.FromHours(6), 1, "203.0.113.7"), client.QuotaOf(registry.Host));
        var e = await Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry).FindManifestAsync("v2", default));
        Assert.Contains("of 100 requests in 6 h, 0 are left for 203.0.113.7", e.Message);
        Assert.Equal((FailureKind.Throttled, 0), (e.Kind, e.Quota!.Remaining));
        Assert.Equal(0, client.QuotaOf(registry.Host)!.Remaining);
        Assert.Null(client.QuotaOf("other.example"));
    }

    /// <summary>Time stands still, and a wait ends when the test says so.</summary>
    private sealed class HandMovedClock : TimeProvider
    {
        private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource<(TimerCallback, object?)>> _timers = new();

        public Task WaitForAsync(TimeSpan due) => Of(due).Task.WaitAsync(TimeSpan.FromSeconds(20));

        public void Fire(TimeSpan due)
        {
            var (callback, state) = Of(due).Task.Result;
            callback(state);
        }

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.Zero) Of(dueTime).TrySetResult((callback, state));
            return new Timer();
        }

        private TaskCompletionSource<(TimerCallback, object?)> Of(TimeSpan due) => _timers.GetOrAdd(due, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;
            public void Dispose() { }
            public ValueTask DisposeAsync() => default;
        }
    }
}
