using System.Runtime.InteropServices;

namespace Viaduct.Cli.Terminal;

/// <summary>Ctrl-C and SIGTERM: the first one asks the verb to stop, the second is left to the system and ends the process.</summary>
internal sealed class Signals : IDisposable
{
    // Never disposed: a signal may arrive while the process is on its way out.
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Signals() =>
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive)];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        // Not Cancel(): what listens to the token must not hold up the thread that delivers signals.
        _ = _source.CancelAsync();
    }
}
