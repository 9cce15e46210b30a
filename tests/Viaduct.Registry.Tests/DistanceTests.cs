namespace Viaduct.Registry.Tests;

public sealed class DistanceTests
{
    [Theory]
    [InlineData(2, 8)]
    [InlineData(20, 64)]
    public async Task A_registry_whose_first_answer_takes_long_is_asked_more_at_a_time(int firstAnswer, int places)
    {
        var clock = new HandMovedClock();
        var (asked, under, most) = (0, 0, 0);
        var all = new TaskCompletionSource();
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (Interlocked.Increment(ref asked) == 1) clock.Advance(TimeSpan.FromMilliseconds(firstAnswer));
            else
            {
                var now = Interlocked.Increment(ref under);
                InterlockedMax(ref most, now);
                if (now == places) all.TrySetResult();
                await all.Task;
                Interlocked.Decrement(ref under);
            }
            await http.AnswerManifestAsync();
        });
        using var client = new RegistryClient(new RegistryOptions { Clock = clock, Credentials = NoCredentials.Instance });
        var repository = client.Repository(registry);
        Assert.NotNull(await repository.FindManifestAsync("first", default));
        await Task.WhenAll(Enumerable.Range(0, 96).Select(i => repository.FindManifestAsync($"t{i}", default))).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(places, most);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most)) Interlocked.CompareExchange(ref most, value, seen);
    }

    private sealed class HandMovedClock : TimeProvider
    {
        private long _now;

        public void Advance(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);
    }
}
