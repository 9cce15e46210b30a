using System.Collections.Concurrent;

namespace Viaduct.Simulation;

/// <summary>What there is to find out: kinds of pods, and how each comes to which kinds of nodes.</summary>
internal sealed class ClusterPlan
{
    /// <summary>Enough that registries far away are waited for at the same time; what computes takes turns on the processors anyhow.</summary>
    private const int AtOnce = 32;

    private ClusterPlan(NodeColumns columns, Arrivals arrivals, IReadOnlyList<PlannedGroup> groups, IReadOnlyList<AdmittedPod> pods)
    {
        (Columns, Arrivals, Groups, Pods) = (columns, arrivals, groups, pods);
    }

    public NodeColumns Columns { get; }
    public Arrivals Arrivals { get; }
    public IReadOnlyList<PlannedGroup> Groups { get; }

    /// <summary>All of them, static ones of nodes at the end.</summary>
    public IReadOnlyList<AdmittedPod> Pods { get; }

    public static ClusterPlan Of(ClusterObjects objects, IReadOnlyList<Node> nodes, Func<Pod, AdmittedPod> admit, CancellationToken cancellationToken)
    {
        var ofNodes = nodes.SelectMany(n => n.StaticPods).Distinct<Pod>(ReferenceEqualityComparer.Instance);
        var (pods, keys, repositories) = (new List<AdmittedPod>(), new PlacementKeys(), new HashSet<string>(StringComparer.Ordinal));
        var kinds = new PodKinds(nodes.Any(n => n.Kubelet?.Providers?.Providers.Any(p => p.Tokens is not null) ?? false));
        foreach (var pod in objects.Pods.Concat(ofNodes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var admitted = admit(pod);
            pods.Add(admitted);
            keys.Add(pod.Placement);
            repositories.UnionWith(kinds.Of(admitted).Repositories);
        }
        foreach (var node in nodes)
            if (NodeKind.SandboxOf(node) is { } sandbox) repositories.Add(sandbox);

        var columns = new NodeColumns(nodes, keys, new NodeKinds(repositories));
        var arrivals = new Arrivals(columns);
        var groups = new Dictionary<(PodKind, IReadOnlyList<Arrival>, string), PlannedGroup>();
        var ordered = new List<PlannedGroup>();
        foreach (var pod in pods)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ways = arrivals.Of(pod.Pod);
            // Pods that get nowhere are alike only if that is for the same reason.
            var lost = ways.Any(w => w.IsPossible) ? "" : $"{pod.Pod.Placement.IsDaemon} {pod.Pod.Placement.NodeName}";
            var key = (kinds.Of(pod), ways, lost);
            if (!groups.TryGetValue(key, out var group)) ordered.Add(group = groups[key] = new PlannedGroup(key.Item1, pod, key.Item2));
            group.Pods.Add(pod.Pod);
        }
        return new ClusterPlan(columns, arrivals, ordered, pods);
    }

    /// <summary>The outcomes of all kinds of pods on all kinds of nodes that they come to.</summary>
    public async Task<IReadOnlyDictionary<OutcomeKey, PodOutcome>> RunAsync(Func<Node, Func<AdmittedPod, CancellationToken, ValueTask<PodOutcome>>> kubelets, CancellationToken cancellationToken)
    {
        var (starts, nodes) = (new Dictionary<OutcomeKey, (AdmittedPod Pod, string Node)>(), new Dictionary<string, Func<AdmittedPod, CancellationToken, ValueTask<PodOutcome>>>(StringComparer.Ordinal));
        foreach (var group in Groups)
            for (var i = 0; i < group.Ways.Count; i++)
            {
                if (!group.Starts(i)) continue;
                var kind = Columns.All[i].Kind;
                var key = new OutcomeKey(group.Kind, kind.KeyFor(group.Kind.Repositories));
                if (!starts.TryAdd(key, (group.First, key.Node))) continue;
                if (!nodes.ContainsKey(key.Node)) nodes[key.Node] = kubelets(kind.NodeFor(group.Kind.Repositories));
            }

        var outcomes = new ConcurrentDictionary<OutcomeKey, PodOutcome>();
        await Parallel.ForEachAsync(starts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (start, token) => outcomes[start.Key] = await nodes[start.Value.Node](start.Value.Pod, token));
        return outcomes;
    }
}
