using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>Something that goes wrong or is not known, with all that it hits.</summary>
/// <param name="Word">The state's reason, <c>refused</c>, or the verdict.</param>
/// <param name="Image">As the pods write it; empty where no image decides.</param>
/// <param name="Text">In the words of kubelet, the API server or the scheduler where they have some.</param>
public sealed record ClusterCause(Verdict Verdict, string Word, string Image, string Text)
{
    /// <summary>With the container's name where the pod has several.</summary>
    public required IReadOnlyList<string> Pods { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>What decided and what to do, for people.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
