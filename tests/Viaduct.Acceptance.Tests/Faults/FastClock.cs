namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>A clock that runs many times as fast: patience ends sooner, and pauses are shorter.</summary>
internal sealed class FastClock(int times) : TimeProvider
{
    private readonly long _began = System.GetTimestamp();
    private readonly DateTimeOffset _day = System.GetUtcNow();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => _began + (System.GetTimestamp() - _began) * times;

    public override DateTimeOffset GetUtcNow() => _day + System.GetElapsedTime(_began) * times;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Shorten(dueTime, times), Shorten(period, times)), times);

    private static TimeSpan Shorten(TimeSpan time, int times) => time == Timeout.InfiniteTimeSpan ? time : time / times;

    private sealed class FastTimer(ITimer inner, int times) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(Shorten(dueTime, times), Shorten(period, times));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
