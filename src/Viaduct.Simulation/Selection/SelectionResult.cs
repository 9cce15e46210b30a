using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What a runtime chooses from a list, and why it passes the others by.</summary>
public sealed record SelectionResult
{
    public Descriptor? Chosen { get; init; }

    /// <summary>True when the chosen entry is for the host's own platform, false for a fall-back or nothing.</summary>
    public bool Exact => Rank == 0;

    /// <summary>The place of the chosen entry's platform among those that the host takes, best first; -1 when nothing matched.</summary>
    public int Rank { get; init; } = -1;

    /// <summary>The entries that were not chosen, in list order.</summary>
    public IReadOnlyList<PassedEntry> Passed { get; init; } = [];
}
