namespace Viaduct.Registry;

/// <summary>A semaphore's place for the length of a using.</summary>
internal readonly struct Held : IDisposable
{
    private readonly SemaphoreSlim _gate;

    private Held(SemaphoreSlim gate) => _gate = gate;

    public static async ValueTask<Held> EnterAsync(SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Held(gate);
    }

    public void Dispose() => _gate.Release();
}
