using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Sorts objects by their kinds, and keeps of them what decides about pulls.</summary>
internal sealed class ObjectCollector(string defaultNamespace)
{
    /// <summary>Kubernetes is made for 150 000 pods in a cluster (kubernetes.io/docs/setup/best-practices/cluster-large).</summary>
    private const int MaxObjects = 500_000;

    private const int MaxNesting = 8;

    /// <summary>Half of what <c>kubectl get pods -o json</c> prints, and nothing of it decides about pulls.</summary>
    private static readonly HashSet<string> Unread =
        new(StringComparer.Ordinal) { "managedFields", "conditions", "containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses", "env", "volumeMounts" };

    private readonly ObjectSet<Pod> _pods = new();
    private readonly ObjectSet<PullSecret> _secrets = new();
    private readonly ObjectSet<ServiceAccount> _accounts = new();
    private readonly OrderedDictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly ObjectRemarks _remarks = new();
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <exception cref="Viaduct.Oci.ViaductException">VIA2002, VIA2003, VIA6012, VIA6015, VIA6016, VIA6021, VIA6023, VIA6024.</exception>
    public void Add(Stream stream, string file, CancellationToken cancellationToken)
    {
        var nodes = new NodeObjects(file);
        var waiting = new List<DataNode>();
        foreach (var part in DataReader.Read(stream, file, Unread, cancellationToken))
        {
            // Items of a raw list have no kind of their own, and it may stand behind them.
            if (part.IsItem && part.Node["kind"] is null && part.ListKind is null)
            {
                waiting.Add(part.Node);
                if (waiting.Count > MaxObjects) throw ObjectErrors.TooMany(file, $"{MaxObjects} objects");
                continue;
            }
            if (part.IsItem)
            {
                Add(part.Node, ItemKind(part.ListKind), file, nodes, 0);
                continue;
            }
            foreach (var item in waiting) Add(item, ItemKind(part.Node["kind"]?.Text), file, nodes, 0);
            waiting.Clear();
            if (part.Node.Kind != DataKind.Nothing) Add(part.Node, null, file, nodes, 0);
        }
        foreach (var item in waiting) Add(item, null, file, nodes, 0);
        foreach (var node in nodes.ToList(_remarks))
        {
            if (_nodes.ContainsKey(node.Name)) _remarks.Add(Verdict.Warning, file, $"Node {node.Name} is here again; this one counts, and not that of a file before");
            _nodes[node.Name] = node;
        }
    }

    public ClusterObjects ToObjects()
    {
        return new ClusterObjects
        {
            Pods = _pods.ToList(),
            Secrets = _secrets.ToList(),
            ServiceAccounts = _accounts.ToList(),
            Nodes = [.. _nodes.Values],
            Remarks = _remarks.ToList(),
        };
    }

    private static string? ItemKind(string? list) =>
        list is { Length: > 4 } && list.EndsWith("List", StringComparison.Ordinal) ? list[..^4] : null;

    private void Add(DataNode node, string? kind, string file, NodeObjects nodes, int depth)
    {
        var where = $"{file}:{node.Line}:{node.Column}";
        if (node.Kind != DataKind.Map) throw ObjectErrors.NoObject(where);
        kind = node["kind"] is { Kind: DataKind.Text, Text: { Length: > 0 } written } ? written : kind;
        if (kind is null)
        {
            _remarks.Add(Verdict.Ok, where, "no object of Kubernetes: it has no kind");
            return;
        }
        if (++_count > MaxObjects) throw ObjectErrors.TooMany(where, $"{MaxObjects} objects");
        if (kind == "List" || (kind.EndsWith("List", StringComparison.Ordinal) && node["items"] is { Kind: DataKind.List }))
        {
            if (depth > MaxNesting) throw ObjectErrors.TooDeep(where);
            foreach (var item in node["items"]?.Items ?? []) Add(item, ItemKind(kind), file, nodes, depth + 1);
            return;
        }
        if (kind == "Node" && node["apiVersion"]?.Text is null or "v1") nodes.Add(node);
        else Add(ObjectHead.Of(node, kind, file, _remarks, defaultNamespace), node["apiVersion"] is not null);
    }

    private void Add(ObjectHead head, bool hasVersion)
    {
        if (head.Kind == "Secret" && head.Group == "") Keep(_secrets, head, SecretObject.Read(head));
        else if (head.Kind == "ServiceAccount" && head.Group == "") Keep(_accounts, head, ServiceAccountObject.Read(head));
        else if (PodTemplates.TemplateOf(head.Group, head.Kind, hasVersion) is { } way) AddPod(head, way);
        else if (head.Body.Node is { } root && !PodTemplates.HoldsNone(head.Group)) AddCustom(head, root);
    }

    private void AddPod(ObjectHead head, string[] way)
    {
        if (PastObjects.Why(head) is { } why) head.Body.Remark(Verdict.Ok, $"{head.Body.Scope.Name} is left out: {why}");
        else Keep(_pods, head, PodObject.Read(head, way));
    }

    private void AddCustom(ObjectHead head, DataNode root)
    {
        if (CustomObjects.TemplateOf(root) is { } way)
        {
            head.Body.Remark(Verdict.Warning, $"{head.Body.Scope.Name} of {head.Group} is read as a Deployment would be; what its operator changes is not known");
            Keep(_pods, head, PodObject.Read(head, way));
        }
        else if (CustomObjects.ContainersIn(root) is { } containers)
        {
            _remarks.Add(Verdict.Unknown, head.Body.Scope.At(containers), $"{head.Body.Scope.Name} of {head.Group} holds containers that are not looked into: only its operator knows which pods it makes");
        }
    }

    private void Keep<T>(ObjectSet<T> set, ObjectHead head, T value)
    {
        head.CheckName();
        if (set.Add(head, value) is { } first)
            head.Body.Remark(Verdict.Warning, $"{head.Body.Scope.Name} is here twice; this one counts, and not the one at {first}");
    }
}
