namespace Viaduct.Registry;

/// <summary>A place in a gate, given back once.</summary>
internal sealed class Slot
{
    private SemaphoreSlim? _gate;

    private Slot(SemaphoreSlim? gate) => _gate = gate;

    public static async ValueTask<Slot> EnterAsync(SemaphoreSlim? gate, CancellationToken cancellationToken)
    {
        if (gate is not null) await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Slot(gate);
    }

    public void Leave() => Interlocked.Exchange(ref _gate, null)?.Release();
}
