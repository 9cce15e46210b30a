using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>Which pods on which nodes are to be explained: <c>pod/foo@node-a</c>, <c>shop/deployment/web</c>.</summary>
/// <param name="Namespace">Null for any.</param>
/// <param name="Kind">In small letters; null for any.</param>
/// <param name="Node">A node's name; null for all kinds of nodes.</param>
public sealed record ClusterQuestion(string? Namespace, string? Kind, string Name, string? Node)
{
    /// <summary>As kubectl shortens them (kubectl api-resources).</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["po"] = "pod", ["pods"] = "pod", ["deploy"] = "deployment", ["deployments"] = "deployment", ["rs"] = "replicaset", ["replicasets"] = "replicaset",
        ["rc"] = "replicationcontroller", ["replicationcontrollers"] = "replicationcontroller", ["sts"] = "statefulset", ["statefulsets"] = "statefulset",
        ["ds"] = "daemonset", ["daemonsets"] = "daemonset", ["jobs"] = "job", ["cj"] = "cronjob", ["cronjobs"] = "cronjob",
    };

    public static ClusterQuestion Parse(string text)
    {
        // Names of nodes have no @, and neither have those of pods.
        var (what, node) = text.Split('@', 2) is [var before, var after] ? (before, after) : (text, null);
        var parts = what.Split('/', 3);
        return parts switch
        {
            [var ns, var kind, var name] => new(ns, KindOf(kind), name, node),
            [var kind, var name] => new(null, KindOf(kind), name, node),
            _ => new(null, null, what, node),
        };
    }

    public bool Asks(Pod pod) =>
        pod.Name == Name && (Namespace is null || pod.Namespace == Namespace) && (Kind is null || string.Equals(pod.Kind, Kind, StringComparison.OrdinalIgnoreCase));

    public bool Asks(NodeGroup nodes) => Node is null || nodes.Nodes.Any(n => n.Name == Node);

    /// <summary>What 'kubectl get -o name' writes has the group behind the kind: <c>deployment.apps/web</c>.</summary>
    private static string KindOf(string text)
    {
        var word = text.Split('.', 2)[0];
        return Kinds.GetValueOrDefault(word, word.ToLowerInvariant());
    }
}
