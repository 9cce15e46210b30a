using Viaduct.Configuration;
using Viaduct.Server;

namespace Build;

/// <summary>What the command line and the environment ask of this build; read once, in <see cref="BuildLifetime"/>.</summary>
public sealed record Settings
{
    /// <summary>Registry, platforms and tags, and which option or variable said them.</summary>
    public SetOverrides Overrides { get; init; } = new();
    public IReadOnlyList<string> Images { get; init; } = [];
    public bool Force { get; init; }
    public bool MoveTag { get; init; }
    public bool Deep { get; init; }

    /// <summary>Nothing but the plan was asked for, which leaves everything as it is.</summary>
    public bool OnlyPlans { get; init; }

    /// <summary>The embedded registry's port; 0 takes any free one.</summary>
    public int Port { get; init; } = EmbeddedRegistry.DefaultPort;

    /// <summary>SOURCE_DATE_EPOCH in seconds.</summary>
    public long Epoch { get; init; }

    /// <summary>The tag to release; null for the one that GitHub Actions runs for.</summary>
    public string? ReleaseTag { get; init; }

    /// <summary>The record of what is released; null for that of the last job here.</summary>
    public string? Metadata { get; init; }

    /// <summary>Whether a release keeps an issue of bases that have moved.</summary>
    public bool StaleBases { get; init; }

    /// <summary>Whether native programs are packed, too.</summary>
    public bool Native { get; init; }

    public bool GitHubActions { get; init; }

    /// <summary>The file that GitHub Actions shows as the step's summary.</summary>
    public string? StepSummary { get; init; }
}
