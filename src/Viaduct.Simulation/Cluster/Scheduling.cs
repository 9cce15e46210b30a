namespace Viaduct.Simulation;

/// <summary>
/// Which nodes a pod can come to, as far as nodeName, nodeSelector, required affinity and taints decide: kube-scheduler's filters
/// NodeUnschedulable, NodeName, TaintToleration and NodeAffinity, in this order, of which the first that fails speaks
/// (pkg/scheduler/apis/config/v1/default_plugins.go; pkg/scheduler/framework/runtime, RunFilterPlugins). <c>spec.os</c> is none of them:
/// kubelet looks at it. Nor does the scheduler know an image's platforms: a pod without a selector comes to every architecture.
/// </summary>
public static class Scheduling
{
    internal const string Cordoned = "node(s) were unschedulable";
    internal const string OtherName = "node(s) didn't match the requested node name";
    internal const string OtherLabels = "node(s) didn't match Pod's node affinity/selector";

    private static readonly Taint _cordon = new("node.kubernetes.io/unschedulable", "", "NoSchedule");

    public static Landing Of(Pod pod, Node node)
    {
        var placement = pod.Placement;
        // Its node's kubelet reads it from a file: no scheduler is asked.
        if (pod.IsStatic && placement.NodeName is null) return OfStatic(pod, node);
        // Who sets nodeName binds the pod himself, so that cordons and NoSchedule do not matter; the rest is for kubelet's admission.
        if (placement.NodeName is { } name) return name == node.Name ? new Landing(Verdict.Ok) : Cannot(OtherName);

        if (node.Unschedulable && !Tolerations.Tolerate(placement, _cordon)) return Cannot(Cordoned);
        foreach (var taint in node.Taints)
            if (taint.Effect is "NoSchedule" or "NoExecute" && !Tolerations.Tolerate(placement, taint))
                return Cannot($"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}");
        if (!NodeTerms.Match(placement, node)) return Cannot(OtherLabels);
        return placement.Unknowns.Count == 0 ? new Landing(Verdict.Ok) : new Landing(Verdict.Unknown, string.Join("; ", placement.Unknowns));
    }

    private static Landing OfStatic(Pod pod, Node node)
    {
        foreach (var own in node.StaticPods)
            if (ReferenceEquals(own, pod)) return new Landing(Verdict.Ok);
        return Cannot("is not in the node's manifest folder");
    }

    private static Landing Cannot(string why) => new(Verdict.Failure, why);
}
