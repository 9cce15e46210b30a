namespace Viaduct.Simulation;

/// <summary>Pods that differ in nothing that decides: of several kinds of nodes each has one outcome for all of them.</summary>
/// <param name="Pods">Never empty, in the order of the input.</param>
/// <param name="Cells">A cell for each of <see cref="ClusterReport.NodeGroups"/>, in its order.</param>
public sealed record PodGroup(IReadOnlyList<Pod> Pods, IReadOnlyList<ClusterCell> Cells)
{
    /// <summary>Why the pods come to no node at all: refused by the API server, or fitting nowhere. Null where they come to some. Among the report's remarks.</summary>
    public ObjectRemark? Nowhere { get; init; }

    /// <summary>FailedScheduling of pods that fit nowhere; what happens on nodes is in the cells.</summary>
    public IReadOnlyList<PodEvent> Events { get; init; } = [];

    /// <summary>
    /// A failure where the pods fail on a node that they come to, or on all that they may come to; otherwise the worst of where they may come to.
    /// </summary>
    public Verdict Verdict
    {
        get
        {
            if (Nowhere is not null) return Nowhere.Verdict;
            var reached = Cells.Where(c => c.Outcome is not null).ToList();
            return reached.Count > 0 && reached.All(c => c.Outcome!.Verdict == Verdict.Failure) ? Verdict.Failure : Verdicts.Worst(reached.Select(c => c.Verdict));
        }
    }
}
