using Cake.Core.Diagnostics;

namespace Cake.Frosting.Hosting;

/// <summary>The engine's log. It calls a cancelled task an error; from then on only the host speaks.</summary>
internal sealed class EngineLog(ICakeLog log) : ICakeLog
{
    private volatile bool _cancelled;

    public Verbosity Verbosity
    {
        get => log.Verbosity;
        set => log.Verbosity = value;
    }

    public void Cancelled() => _cancelled = true;

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        if (!_cancelled)
            log.Write(verbosity, level, format, args);
    }
}
