namespace Viaduct.Simulation;

/// <summary>Reads where a pod may run out of its spec.</summary>
internal static class PlacementObject
{
    public static Placement Read(ObjectHead head, ObjectField spec) => new()
    {
        NodeName = spec["nodeName"].Text is { Length: > 0 } node ? node : null,
        NodeSelector = spec["nodeSelector"].Texts,
        Required = Required(spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]),
        Tolerations = [.. spec["tolerations"].Items.Select(Toleration)],
        Os = spec["os"]["name"].Text is { Length: > 0 } os ? os : null,
        IsDaemon = head.Kind == "DaemonSet" || Owners(head).Any(o => o == "DaemonSet"),
        HostNetwork = spec["hostNetwork"].IsTrue,
        Unknowns = PlacementUnknowns.Of(head, spec),
    };

    /// <summary>The kinds of what made the object, as <c>kubectl get</c> tells them.</summary>
    private static IEnumerable<string?> Owners(ObjectHead head) => head.Body["metadata"]["ownerReferences"].Items.Select(o => o["kind"].Text);

    private static List<NodeTerm>? Required(ObjectField required) => !required.IsThere ? null
        : [.. required["nodeSelectorTerms"].Items.Select(t => new NodeTerm(Requirements(t["matchExpressions"]), Requirements(t["matchFields"])))];

    private static List<NodeRequirement> Requirements(ObjectField list) =>
        [.. list.Items.Select(r => new NodeRequirement(r["key"].Text ?? "", r["operator"].Text ?? "", [.. r["values"].Items.Select(v => v.Text ?? "")]))];

    private static Toleration Toleration(ObjectField field) =>
        new(field["key"].Text ?? "", field["operator"].Text ?? "", field["value"].Text ?? "", field["effect"].Text ?? "");
}
