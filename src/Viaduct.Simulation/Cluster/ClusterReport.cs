namespace Viaduct.Simulation;

/// <summary>Every pod on every node, by their kinds.</summary>
public sealed record ClusterReport(IReadOnlyList<NodeGroup> NodeGroups, IReadOnlyList<PodGroup> PodGroups)
{
    /// <summary>Of the input, and of the whole: pods that can run nowhere, unneeded secrets, timelines of pull limits.</summary>
    public IReadOnlyList<ObjectRemark> Remarks { get; init; } = [];

    /// <summary>The worst of all; Ok where there is nothing.</summary>
    public required Verdict Verdict { get; init; }
}
