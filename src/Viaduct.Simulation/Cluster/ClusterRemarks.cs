namespace Viaduct.Simulation;

/// <summary>What is to be said of the whole.</summary>
internal static class ClusterRemarks
{
    public static IEnumerable<ObjectRemark> Of(ClusterObjects objects, ClusterPlan plan, IReadOnlyList<PodGroup> groups)
    {
        foreach (var group in groups)
            if (group.Nowhere is { } nowhere) yield return nowhere;
        if (AnyArchitecture(groups) is { } torn) yield return torn;
        foreach (var text in plan.Groups.SelectMany(g => g.First.Remarks.Select(r => new ObjectRemark(Verdict.Ok, g.First.Pod.Where, $"{g.First.Pod.Namespace}/{g.First.Pod.Name}: {r}"))).DistinctBy(r => r.Text))
            yield return text;
        foreach (var remark in PullLoad.Remarks(plan, groups).Concat(Unused(objects, plan))) yield return remark;
    }

    /// <summary>kube-scheduler has no filter that looks at images, so that nothing keeps a pod from a node for which its image has no entry.</summary>
    private static ObjectRemark? AnyArchitecture(IReadOnlyList<PodGroup> groups)
    {
        var torn = groups.Where(g => IsTorn(g.Cells)).ToList();
        if (torn.Count == 0) return null;
        var names = string.Join(", ", torn.Take(5).Select(g => $"{g.Pods[0].Namespace}/{g.Pods[0].Name}")) + (torn.Count > 5 ? ", …" : "");
        return new ObjectRemark(Verdict.Ok, torn[0].Pods[0].Where,
            $"the scheduler does not look at an image's platforms, so {names} can come to architectures on which it does not start; a nodeSelector kubernetes.io/arch keeps it from there");
    }

    private static bool IsTorn(IReadOnlyList<ClusterCell> cells)
    {
        var reached = cells.Where(c => c.Outcome is not null).Select(c => (c.Outcome!.Node.Platform.Architecture, c.Outcome.Verdict)).ToList();
        var good = reached.Where(c => c.Verdict is Verdict.Ok or Verdict.Warning).Select(c => c.Architecture).ToHashSet();
        return good.Count > 0 && reached.Any(c => c.Verdict == Verdict.Failure && !good.Contains(c.Architecture));
    }

    private static IEnumerable<ObjectRemark> Unused(ClusterObjects objects, ClusterPlan plan)
    {
        if (plan.Pods.Count == 0) yield break;
        var used = plan.Pods.SelectMany(p => p.Identity.Secrets).ToHashSet<PullSecret>(ReferenceEqualityComparer.Instance);
        foreach (var secret in objects.Secrets)
            if (secret.Type is "kubernetes.io/dockerconfigjson" or "kubernetes.io/dockercfg" && !used.Contains(secret))
                yield return new ObjectRemark(Verdict.Ok, secret.Where, $"{secret}: no pod uses it, neither by its own imagePullSecrets nor by its service account's");
    }
}
