namespace Viaduct.Simulation;

/// <summary>Makes a pod of a Pod, or of the template of what makes pods.</summary>
internal static class PodObject
{
    public static Pod Read(ObjectHead head, IReadOnlyList<string> way)
    {
        var holder = way.Aggregate(head.Body, (field, name) => field[name]);
        var spec = holder["spec"];
        return new Pod(head.Namespace, head.Name, head.Where)
        {
            Kind = head.Kind,
            IsStatic = way.Count == 0 && IsFromFile(head.Body),
            Containers = ContainerObjects.Read(spec, isPod: head.Kind == "Pod"),
            ImagePullSecrets = SecretNames(spec),
            // serviceAccount is the older name of the same (core/v1 conversion.go), as long as both are stored.
            ServiceAccount = spec["serviceAccountName"].Text is { Length: > 0 } name ? name : spec["serviceAccount"].Text is { Length: > 0 } old ? old : null,
            Placement = PlacementObject.Read(head, spec),
        };
    }

    public static IReadOnlyList<string> SecretNames(ObjectField holder)
    {
        var names = new List<string>();
        foreach (var item in holder["imagePullSecrets"].Items)
            if (item["name"].Text is { Length: > 0 } name) names.Add(name);
        return names;
    }

    /// <summary>The mark that kubelet sets on what it reads from its folder (pkg/kubelet/types, ConfigSourceAnnotationKey), and that its mirror pods keep.</summary>
    private static bool IsFromFile(ObjectField pod) =>
        pod["metadata"]["annotations"].Node?["kubernetes.io/config.source"]?.Text == "file";
}
