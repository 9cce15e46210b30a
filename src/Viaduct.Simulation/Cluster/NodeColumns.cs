using System.Text;

namespace Viaduct.Simulation;

/// <summary>
/// The nodes by all that decides: their kind, and whatever pods may look at when they choose a node. Names, which every node has for
/// itself, and labels that are like names are left out: the few nodes that a pod asks for by them are looked at one by one.
/// </summary>
internal sealed class NodeColumns
{
    /// <summary>Of how many values of a label pods may speak before it is taken for a kind of name.</summary>
    private const int ManyValues = 32;

    private readonly List<NodeColumn> _columns = [];
    private readonly Dictionary<Node, int> _columnOf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Key, string Value), List<Node>> _byName = [];
    private readonly Dictionary<Pod, List<Node>> _byStaticPod = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IReadOnlyList<Taint>, string> _taints = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _shared;
    private readonly List<string> _names;
    private readonly PlacementKeys _keys;
    private readonly IReadOnlyList<Node> _nodes;

    public NodeColumns(IReadOnlyList<Node> nodes, PlacementKeys keys, NodeKinds kinds)
    {
        (_nodes, _keys) = (nodes, keys);
        _names = [.. keys.Named.Where(IsName).Select(k => k.Key).Order(StringComparer.Ordinal)];
        _shared = [.. keys.Named.Keys.Except(_names).Order(StringComparer.Ordinal)];
        var numbers = new Dictionary<(NodeKind, string), int>();
        foreach (var node in nodes)
        {
            var key = (kinds.Of(node), TextOf(node));
            if (!numbers.TryGetValue(key, out var number))
            {
                numbers[key] = number = _columns.Count;
                _columns.Add(new NodeColumn(key.Item1, []));
            }
            _columns[number].Nodes.Add(node);
            _columnOf[node] = number;
            foreach (var name in _names)
                if (PlacementKeys.Of(node, name) is { } value && keys.Named[name].Contains(value)) Add(_byName, (name, value), node);
            foreach (var pod in node.StaticPods) Add(_byStaticPod, pod, node);
        }
    }

    public IReadOnlyList<NodeColumn> All => _columns;

    public int NumberOf(Node node) => _columnOf[node];

    /// <summary>The nodes that may be something else to the pod than others of their column.</summary>
    public HashSet<Node> Particular(Pod pod)
    {
        var found = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (var named in PlacementKeys.All(pod.Placement)) found.UnionWith(_byName.GetValueOrDefault(named, []));
        if (pod.IsStatic) found.UnionWith(_byStaticPod.GetValueOrDefault(pod, []));
        foreach (var requirement in PlacementKeys.Requirements(pod.Placement))
            if (requirement.Operator is "Gt" or "Lt" && _names.Contains(requirement.Key)) found.UnionWith(_nodes);
        return found;
    }

    private bool IsName(KeyValuePair<string, HashSet<string>> named) => named.Key is NodeTerms.NameField or NodeLabels.Hostname || named.Value.Count > ManyValues;

    private string TextOf(Node node)
    {
        var text = new StringBuilder(node.Unschedulable ? "cordoned" : "").Append(Taints(node.Taints));
        // Values that no pod speaks of are alike to all of them, but for those that compare numbers.
        foreach (var key in _shared)
            text.Append('\n').Append(PlacementKeys.Of(node, key) is not { } value ? "" : _keys.Compared.Contains(key) || _keys.Named[key].Contains(value) ? "=" + value : "*");
        foreach (var key in _names) text.Append('\n').Append(PlacementKeys.Of(node, key) is null);
        return text.ToString();
    }

    private string Taints(IReadOnlyList<Taint> taints)
    {
        if (taints.Count == 0) return "";
        if (_taints.TryGetValue(taints, out var text)) return text;
        return _taints[taints] = string.Concat(taints.Where(t => t.Effect is "NoSchedule" or "NoExecute").Select(t => $"\n{t.Key}={t.Value}:{t.Effect}"));
    }

    private static void Add<T>(Dictionary<T, List<Node>> lists, T key, Node node) where T : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        list.Add(node);
    }
}
