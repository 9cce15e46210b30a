using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>What else kube-scheduler looks at, and what nothing here can tell (pkg/scheduler/framework/plugins).</summary>
internal static class PlacementUnknowns
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";

    public static IReadOnlyList<string> Of(ObjectHead head, ObjectField spec)
    {
        // Where it is settled on which node a pod is, nobody looks for another.
        if (spec["nodeName"].Text is { Length: > 0 }) return [];
        var unknowns = new List<string>();
        if (spec["schedulerName"].Text is { Length: > 0 } scheduler && scheduler != "default-scheduler")
            unknowns.Add($"the scheduler '{Shown(scheduler)}' decides, whose rules are not known");
        if (spec["runtimeClassName"].Text is { Length: > 0 } runtime)
            unknowns.Add($"the RuntimeClass '{Shown(runtime)}' may ask for nodes of its own");
        if (spec["schedulingGates"].Items.Any()) unknowns.Add("it is not scheduled before its schedulingGates are lifted");
        if (spec["topologySpreadConstraints"].Items.Any(c => c["whenUnsatisfiable"].Text is null or "DoNotSchedule"))
            unknowns.Add("its topologySpreadConstraints look at where other pods are");
        if (spec["affinity"]["podAffinity"][Required].Items.Any()) unknowns.Add("its podAffinity looks at where other pods are");
        if (spec["affinity"]["podAntiAffinity"][Required].Items.Any()) unknowns.Add("its podAntiAffinity looks at where other pods are");
        if (HasClaims(head, spec)) unknowns.Add("its volumes may be tied to some nodes or zones");
        if (spec["resourceClaims"].Items.Any()) unknowns.Add("its resourceClaims need devices that only some nodes have");
        foreach (var name in Containers(spec).SelectMany(Resources).Where(IsExtended).Distinct().Order(StringComparer.Ordinal).Take(10))
            unknowns.Add($"it needs {Shown(name)}, which only some nodes have");
        return unknowns;
    }

    private static bool HasClaims(ObjectHead head, ObjectField spec) =>
        spec["volumes"].Items.Any(v => v["persistentVolumeClaim"].IsThere || v["ephemeral"].IsThere)
        || (head.Kind == "StatefulSet" && head.Body["spec"]["volumeClaimTemplates"].Items.Any());

    private static IEnumerable<ObjectField> Containers(ObjectField spec) => spec["initContainers"].Items.Concat(spec["containers"].Items);

    private static IEnumerable<string> Resources(ObjectField container)
    {
        var resources = container["resources"];
        foreach (var part in new[] { resources["requests"], resources["limits"] })
            foreach (var (name, _) in part.Node?.Members ?? [])
                yield return name;
    }

    /// <summary>Names of other domains than Kubernetes' own, and huge pages, which nodes have to set aside (core/v1/helper, IsExtendedResourceName).</summary>
    private static bool IsExtended(string name) =>
        name.StartsWith("hugepages-", StringComparison.Ordinal) || (name.Contains('/') && !name.Split('/')[0].EndsWith("kubernetes.io", StringComparison.Ordinal));

    private static string Shown(string text) => YamlErrors.Shown(text, 120);
}
