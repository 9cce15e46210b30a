namespace Viaduct.Simulation;

/// <summary>Pods of a kind that come to nodes in the same way.</summary>
internal sealed class PlannedGroup(PodKind kind, AdmittedPod first, IReadOnlyList<Arrival> ways)
{
    public PodKind Kind => kind;
    public AdmittedPod First => first;
    public IReadOnlyList<Arrival> Ways => ways;
    public List<Pod> Pods { get; } = [];

    /// <summary>Whether kubelet begins with them on the nodes of a column.</summary>
    public bool Starts(int column) => first.Refusal is null && ways[column].IsPossible && ways[column].Refusal is null;

    public PodGroup ToPodGroup(ClusterPlan plan, IReadOnlyDictionary<OutcomeKey, PodOutcome> outcomes, KubernetesVersion scheduler)
    {
        var own = plan.Arrivals.Own(first.Pod);
        var cells = new ClusterCell[ways.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var landing = first.Refusal is { } refusal ? new Landing(Verdict.Failure, refusal) : ways[i].Landing;
            var outcome = Starts(i) ? Named(outcomes[new OutcomeKey(kind, plan.Columns.All[i].Kind.KeyFor(kind.Repositories))], own[i].Node)
                : first.Refusal is null && ways[i].Refusal is { } said ? new PodOutcome(first, own[i].Node, Verdict.Failure, []) { Events = [said] } : null;
            cells[i] = new ClusterCell(landing, outcome);
        }
        var group = new PodGroup(Pods, cells);
        return cells.Any(c => c.Outcome is not null) ? group : Lost(group, plan, scheduler);
    }

    // The outcome is that of all pods of the kind; this group has its own pods and nodes.
    private PodOutcome Named(PodOutcome outcome, Node node)
    {
        if (ReferenceEquals(outcome.Pod, first) && ReferenceEquals(outcome.Node, node)) return outcome;
        var scheduled = PodStart.Scheduled(first.Pod, node);
        return outcome with
        {
            Pod = first, Node = node, Events = [.. scheduled is null ? [] : (IEnumerable<PodEvent>)[scheduled], .. outcome.Events.Where(e => e.Reason != "Scheduled")],
        };
    }

    private PodGroup Lost(PodGroup group, ClusterPlan plan, KubernetesVersion scheduler)
    {
        var pod = first.Pod;
        if (first.Refusal is { } refusal) return With(Verdict.Failure, refusal);
        if (ways.Count == 0) return With(Verdict.Unknown, "there are no nodes");
        if (pod.Placement.NodeName is { } name) return With(Verdict.Unknown, $"is bound to node {name}, which is not among the nodes");
        if (pod.IsStatic) return With(Verdict.Unknown, "is a static pod, and it is not told on which nodes its file lies");
        // daemon_controller.go makes pods only for nodes that would take them; none is no error to it.
        if (pod.Placement.IsDaemon) return With(Verdict.Warning, "runs on no node: none has the labels that it asks for without taints that it does not tolerate");
        var failed = SchedulerWords.FailedScheduling(plan.Arrivals.Reasons(pod), scheduler);
        return With(Verdict.Failure, failed.Message) with { Events = [failed] };

        PodGroup With(Verdict verdict, string why)
        {
            var others = group.Pods.Count > 1 ? $" and {group.Pods.Count - 1} more like it" : "";
            return group with { Nowhere = new ObjectRemark(verdict, pod.Where, $"{pod.Namespace}/{pod.Name}{others}: {why}") };
        }
    }
}
