namespace Viaduct.Tests.Manifests;

/// <summary>Waits of less than a minute are over at once, and the time that they would have taken has passed.</summary>
internal sealed class QuickClock : TimeProvider
{
    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _passed);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(50).AddTicks(Interlocked.Read(ref _passed));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime >= TimeSpan.FromMinutes(1)) return System.CreateTimer(callback, state, dueTime, period);
        Interlocked.Add(ref _passed, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
    }
}
