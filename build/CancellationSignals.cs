using System.Runtime.InteropServices;

namespace Build;

/// <summary>
/// Ctrl-C and SIGTERM as a token. Cake knows no cancellation, so the context of a build makes one of these and hands
/// out its token. The first signal asks the work to stop; the second is left to the system, which ends the process.
/// </summary>
internal sealed class CancellationSignals : IDisposable
{
    // Never disposed: a signal may arrive while the process is on its way out.
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public CancellationSignals()
        : this(PosixSignal.SIGINT, PosixSignal.SIGTERM)
    {
    }

    internal CancellationSignals(params PosixSignal[] signals) =>
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Receive))];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;

        // Not Cancel(): what listens to the token must not hold up, or bring down, the thread that delivers signals.
        _ = _source.CancelAsync();
    }
}
