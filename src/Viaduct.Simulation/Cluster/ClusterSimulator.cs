namespace Viaduct.Simulation;

/// <summary>Puts every pod on every node it can come to. The cost grows with distinct images, kinds of nodes and credentials, not with pods times nodes.</summary>
public sealed class ClusterSimulator(ClusterObjects objects, ClusterSetup cluster, IRegistries registries, IProviderAnswers providers)
{
    /// <summary>What a kubelet makes of pods; the simulated one unless a test has another.</summary>
    internal Func<Node, Func<AdmittedPod, CancellationToken, ValueTask<PodOutcome>>>? Kubelets { get; init; }

    /// <summary>As <see cref="Kubelets"/>.</summary>
    internal Func<Pod, AdmittedPod>? Admit { get; init; }

    /// <param name="nodes">With their static pods; Node objects among the objects are not looked at.</param>
    public async Task<ClusterReport> RunAsync(IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
    {
        // A cluster without AlwaysPullImages and the like of its own version has that of its newest node (version skew policy: a kubelet is not newer).
        var newest = nodes.Select(KubernetesVersion.Of).DefaultIfEmpty(KubernetesVersion.Default).Max();
        var setup = cluster with { Version = cluster.Version ?? newest };
        var admit = Admit ?? new Admission(objects, setup).Admit;
        // Off this thread: what follows holds it for a second where the cluster is large.
        var plan = await Task.Run(() => ClusterPlan.Of(objects, nodes, admit, cancellationToken), cancellationToken);

        var pulls = new SharedPulls(registries);
        var outcomes = await plan.RunAsync(n => Kubelets?.Invoke(n) ?? Kubelet(n, pulls), cancellationToken);
        var groups = plan.Groups.Select(g => g.ToPodGroup(plan, outcomes, setup.Version.Value)).ToList();
        var remarks = objects.Remarks.Concat(ClusterRemarks.Of(objects, plan, groups)).ToList();
        return new ClusterReport([.. plan.Columns.All.Select(c => new NodeGroup(c.Nodes))], groups)
        {
            Remarks = remarks,
            Verdict = Verdicts.Worst(groups.Select(g => g.Verdict).Concat(remarks.Select(r => r.Verdict))),
        };
    }

    private Func<AdmittedPod, CancellationToken, ValueTask<PodOutcome>> Kubelet(Node node, SharedPulls pulls) =>
        new KubeletSimulator(node, new NodeKeyring(node.Kubelet ?? KubeletSetup.Default, KubernetesVersion.Of(node), providers), pulls, objects).StartAsync;
}
