namespace Viaduct.Registry;

/// <summary>
/// Holds all requests to a registry while it wants to be left alone: an answer with Retry-After is said to one request and meant for the
/// account or the address, and the others would only be told the same.
/// </summary>
internal sealed class Pace(RegistryEndpoint registry, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private volatile Hold _hold = new(Task.CompletedTask, TimeSpan.Zero);
    private long _until;

    /// <summary>Where it sends for blobs and tokens has a pace of its own.</summary>
    public bool Concerns(Uri target) => registry.Owns(target);

    /// <summary>Nothing goes there from now until then; what was to be held longer stays so.</summary>
    public void HoldFor(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero) return;
        lock (_lock)
        {
            var until = clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);
            if (!_hold.End.IsCompleted && until <= _until) return;
            _until = until;
            _hold = new Hold(Task.Delay(wait, clock), wait);
        }
    }

    /// <summary>Returns when nothing is held.</summary>
    public async ValueTask PassAsync(CancellationToken cancellationToken)
    {
        while (_hold is { End.IsCompleted: false } hold)
        {
            await hold.End.WaitAsync(cancellationToken).ConfigureAwait(false);
            // It may have been held anew meanwhile, by the answer to a request that was under way; and again while some come later.
            if (_hold == hold && hold.Lateness() is { Ticks: > 0 } late) await Task.Delay(late, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>All who waited would come at once, and be told to wait again: a few go on, the others after them by and by.</summary>
    private sealed class Hold(Task end, TimeSpan length)
    {
        private const int AtOnce = 8;
        private static readonly TimeSpan Latest = TimeSpan.FromSeconds(15);

        private int _passed;

        public Task End => end;

        public TimeSpan Lateness() => Interlocked.Increment(ref _passed) <= AtOnce ? TimeSpan.Zero
            : (length < Latest ? length : Latest) * Random.Shared.NextDouble();
    }
}
