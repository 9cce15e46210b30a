using Viaduct.Build;
using Viaduct.Execution;
using Viaduct.Metadata;

namespace Viaduct;

/// <summary>What a job is to do and where.</summary>
public sealed record JobOptions
{
    public required ImageSet Set { get; init; }

    /// <summary>Registry and perhaps a path: the set's own, or the address of the embedded registry.</summary>
    public required string Prefix { get; init; }

    /// <summary>The embedded registry is ours: its tags may be moved.</summary>
    public bool MayMoveTags { get; init; }

    /// <summary>The images to work on, with what they are built from; all when empty.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    public bool Force { get; init; }

    /// <summary>What other machines have built of the set.</summary>
    public Legs Legs { get; init; } = Legs.None;

    /// <summary>Builds everything without asking what the registry has: for a run that pushes nothing. Only bases outside the set are fetched.</summary>
    public bool IgnoreRegistry { get; init; }

    /// <summary>Downloads and hashes every blob when the lists are read back.</summary>
    public bool Deep { get; init; }

    /// <summary>SOURCE_DATE_EPOCH in seconds.</summary>
    public long Epoch { get; init; }

    /// <summary>Where memory between runs is kept.</summary>
    public required string StateFolder { get; init; }

    /// <summary>What builders need of this machine; null for the environment of the process.</summary>
    public BuilderHost? Host { get; init; }

    /// <summary>Null for those of <see cref="Host"/>; tests have their own.</summary>
    internal IImageBuilder? Builder { get; init; }

    public IProgress<JobEvent>? Progress { get; init; }
}
