using Cake.Core;
using Cake.Frosting;
using Viaduct.Verification;

namespace Build;

/// <summary>What the tasks of one run share.</summary>
public sealed class BuildContext : FrostingContext
{
    private readonly CancellationSignals _signals = new();
    private Settings? _settings;
    private JobSession? _session;

    public BuildContext(ICakeContext context)
        : base(context)
    {
    }

    public CancellationToken Cancellation => _signals.Token;

    public Settings Settings
    {
        get => _settings ?? throw new InvalidOperationException("The lifetime has not read the settings.");
        internal set => _settings = value;
    }

    /// <summary>The folder of viaduct.yaml.</summary>
    public string Root => Environment.WorkingDirectory.FullPath;

    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>What reading the lists back and pulling them showed; null before <c>SimulatePulls</c>.</summary>
    public IReadOnlyList<ListReport>? Reports { get; internal set; }

    /// <summary>Opened by the first task that needs it: registry and job.</summary>
    public JobSession Session => _session ??= new JobSession(this);

    internal async Task CloseAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        _signals.Dispose();
    }
}
