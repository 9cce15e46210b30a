namespace Viaduct.Simulation;

/// <summary>How many images each node is asked for when all pods that are bound to it begin at once, as after a restart of the node with an empty store.</summary>
internal static class PullLoad
{
    private const int ShownNodes = 3;

    /// <summary>Of pods whose nodes are known: bound ones, static ones, and a DaemonSet's, which has one on each.</summary>
    public static IEnumerable<ObjectRemark> Remarks(ClusterPlan plan, IReadOnlyList<PodGroup> groups)
    {
        var pulls = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        foreach (var group in groups)
            for (var i = 0; i < group.Cells.Count; i++)
                if (group.Cells[i].Outcome is { } outcome && outcome.Containers.Count(c => c.Trials.Count > 0) is > 0 and var images)
                    foreach (var pod in group.Pods)
                        foreach (var node in NodesOf(pod, plan.Columns.All[i].Nodes, plan))
                            pulls[node] = pulls.GetValueOrDefault(node) + images;

        var said = pulls.Select(p => (p.Key, Text: PullTimeline.Of(SetupOf(p.Key), p.Value, TimeSpan.Zero).Remark(SetupOf(p.Key)))).Where(p => p.Text is not null);
        foreach (var same in said.GroupBy(p => p.Text!, p => p.Key))
        {
            var nodes = same.ToList();
            var names = string.Join(", ", nodes.Take(ShownNodes)) + (nodes.Count > ShownNodes ? $" and {nodes.Count - ShownNodes} more" : "");
            yield return new ObjectRemark(Verdict.Warning, names, $"where all pods of a node start at once, {same.Key}");
        }
    }

    private static IEnumerable<Node> NodesOf(Pod pod, List<Node> column, ClusterPlan plan)
    {
        if (pod.Placement.NodeName is null && !pod.IsStatic) return pod.Placement.IsDaemon ? column.Where(n => Scheduling.Of(pod, n).Verdict == Verdict.Ok) : [];
        return plan.Columns.Particular(pod).Where(n => ReferenceEquals(plan.Columns.All[plan.Columns.NumberOf(n)].Nodes, column) && Scheduling.Of(pod, n).Verdict == Verdict.Ok);
    }

    private static KubeletSetup SetupOf(Node node) => node.Kubelet ?? KubeletSetup.Default;
}
