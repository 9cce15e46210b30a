namespace Viaduct.Registry;

/// <summary>Cancels what it watches when it is armed and nothing happens for too long, or when the caller cancels.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly ITimer _timer;
    private CancellationTokenRegistration _caller;

    public Watchdog(TimeProvider clock, CancellationToken caller)
    {
        _timer = clock.CreateTimer(static self => ((Watchdog)self!).Bark(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Follow(caller);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>True when patience ran out, as opposed to a caller that cancelled.</summary>
    public bool Barked { get; private set; }

    /// <summary>The patience that ran out.</summary>
    public TimeSpan Limit { get; private set; }

    public void Arm(TimeSpan limit)
    {
        Limit = limit;
        _timer.Change(limit, Timeout.InfiniteTimeSpan);
    }

    public void Rest() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Listens to another caller from now on: a stream is read with other tokens than the one it was opened with.</summary>
    public void Follow(CancellationToken caller)
    {
        _caller.Dispose();
        _caller = caller.UnsafeRegister(static self => ((Watchdog)self!).Cancel(), this);
    }

    public void Dispose()
    {
        _caller.Dispose();
        _timer.Dispose();
        _source.Dispose();
    }

    private void Bark()
    {
        Barked = true;
        Cancel();
    }

    private void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It barked while it was being put down.
        }
    }
}
