namespace Viaduct.Simulation;

/// <summary>A container runtime or tool of some version, as far as it decides which entry of a list is taken.</summary>
public sealed class Runtime
{
    private readonly Func<PlatformRequest, Chooser> _chooser;

    internal Runtime(Func<PlatformRequest, Chooser> chooser) => _chooser = chooser;

    /// <summary>"containerd".</summary>
    public required string Name { get; init; }

    /// <summary>The first version that behaves so, "2.1"; empty where all known versions do.</summary>
    public required string Version { get; init; }

    /// <summary>How it is set, where that decides: "use_local_image_pull"; null for the default.</summary>
    public string? Mode { get; init; }

    /// <summary>True for what kubelet uses: it takes its host's platform, and nobody can ask for another.</summary>
    public bool RunsPods { get; init; }

    /// <summary>True where the rules of a Windows host are known: containerd's alone.</summary>
    public bool KnowsWindows => Name is "containerd";

    /// <summary>True where the configs of all entries matter, not only of those without a platform.</summary>
    public bool LooksAtConfigs { get; init; }

    /// <summary>The rule in a sentence, for people.</summary>
    public required string Rule { get; init; }

    /// <summary>The version that the rules were held to, by observation; where none is named they were read in the source.</summary>
    public required string Observed { get; init; }

    internal Chooser Choose(PlatformRequest request) => _chooser(request);

    /// <summary>"containerd 2.1 (use_local_image_pull)".</summary>
    public override string ToString() => string.Join(' ', new[] { Name, Version, Mode is null ? "" : $"({Mode})" }.Where(w => w.Length > 0));
}
