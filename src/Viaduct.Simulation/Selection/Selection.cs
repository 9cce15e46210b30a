using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What a runtime takes from a list, and why it passes the others by.</summary>
public sealed record Selection
{
    public required Runtime Runtime { get; init; }

    public required Platform Platform { get; init; }

    public required bool AsHost { get; init; }

    public required Candidates List { get; init; }

    /// <summary>The image's entry, in the innermost list; null when nothing is taken.</summary>
    public Descriptor? Chosen { get; init; }

    /// <summary>The positions that lead to it, the outermost list's first; empty for a single image and when nothing is taken.</summary>
    public IReadOnlyList<int> Path { get; init; } = [];

    /// <summary>The positions in the list of all that is downloaded: containerd's transfer service and <c>ctr</c> fetch every entry of the platform.</summary>
    public IReadOnlyList<int> Fetched { get; init; } = [];

    /// <summary>What would be taken if the chosen entry were not there.</summary>
    public Descriptor? RunnerUp { get; init; }

    /// <summary>All entries of the list in its order; none for a single image.</summary>
    public IReadOnlyList<SelectionEntry> Entries { get; init; } = [];

    /// <summary>The text that kubelet or the tool's user reads when nothing is taken; null else, and with tools that say nothing.</summary>
    public string? Error { get; init; }
}
