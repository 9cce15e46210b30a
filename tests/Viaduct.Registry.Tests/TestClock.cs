using System.Collections.Concurrent;

namespace Viaduct.Registry.Tests;

/// <summary>
/// Time that stands still until it is moved on, with waits that are noted and made short. What is as long as a stall limit is not a wait:
/// it never comes, unless the test lets it.
/// </summary>
internal sealed class TestClock : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private long _offset;

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public bool StallsComeAtOnce { get; init; }

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _offset);

    public override DateTimeOffset GetUtcNow() => _start + new TimeSpan(Interlocked.Read(ref _offset));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero) Waits.Enqueue(dueTime);
        return new Timer(System.CreateTimer(callback, state, Shorten(dueTime), period), this);
    }

    private TimeSpan Shorten(TimeSpan time) =>
        time <= TimeSpan.Zero ? time
        : time < TimeSpan.FromSeconds(60) ? time / 500
        : StallsComeAtOnce ? TimeSpan.FromMilliseconds(300) : time;

    private sealed class Timer(ITimer inner, TestClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Shorten(dueTime), period);
        public void Dispose() => inner.Dispose();
        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
