namespace Viaduct.Server.Tests.Personalities;

/// <summary>Time that passes when a test says so.</summary>
internal sealed class TestClock : TimeProvider
{
    private long _now = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);
}
