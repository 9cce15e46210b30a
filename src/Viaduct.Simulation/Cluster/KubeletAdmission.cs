namespace Viaduct.Simulation;

/// <summary>
/// What kubelet refuses of the pods that are bound to it, before it pulls anything: another operating system, and of pods that passed the
/// scheduler by what the scheduler would have refused (pkg/kubelet/lifecycle/predicate.go, Admit and generalFilter). Such a pod is Failed
/// for good, and whatever made it makes another one.
/// </summary>
internal static class KubeletAdmission
{
    private static readonly KubernetesVersion _tellsMore = new(1, 32);

    /// <returns>The event; null where the pod is let in.</returns>
    public static PodEvent? Refuses(Pod pod, Node node)
    {
        if (pod.Placement.Os is { Length: > 0 } os && os != node.Platform.Normalized().Os)
            return Event("PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS");
        // The scheduler has looked at the rest.
        if (pod.Placement.NodeName is null && !pod.IsStatic) return null;
        if (!NodeTerms.Match(pod.Placement, node)) return Predicate("NodeAffinity", Scheduling.OtherLabels, node);
        if (pod.IsStatic) return null;
        foreach (var taint in node.Taints)
            if (taint.Effect == "NoExecute" && !Tolerations.Tolerate(pod.Placement, taint))
                return Predicate("TaintToleration", SchedulerWords.TaintsOf(KubernetesVersion.Of(node), "node(s) had taints that the pod didn't tolerate"), node);
        return null;
    }

    private static PodEvent Predicate(string name, string why, Node node) =>
        Event(name, KubernetesVersion.Of(node) < _tellsMore ? $"Predicate {name} failed" : $"Predicate {name} failed: {why}");

    private static PodEvent Event(string reason, string message) => new(TimeSpan.Zero, "Warning", reason, "kubelet", message);
}
