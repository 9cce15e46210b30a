using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Many nodes by what decides their pulls: the first of each kind is simulated and stands for the others.</summary>
public sealed class NodeKinds
{
    private readonly Dictionary<Node, (string Label, int Count, int Position)> _kinds = new(Node.SameKind);
    private readonly IReadOnlyList<Node> _nodes;

    private NodeKinds(IReadOnlyList<Node> nodes)
    {
        _nodes = nodes;
        var groups = new NodeList(nodes).Kinds.Select(g => (g.Key, Count: g.Count())).ToList();
        First = [.. groups.Select(g => g.Key)];
        foreach (var (first, count) in groups) _kinds.Add(first, (KindLabels.Of(first, count, groups.Where(g => g.Count > 1).Select(g => g.Key)), count, _kinds.Count));
    }

    /// <summary>Of lists whose platforms are their nodes: each stands for itself.</summary>
    public static NodeKinds None { get; } = new([]);

    /// <summary>One node a kind, in the order in which the kinds appear.</summary>
    public IReadOnlyList<Node> First { get; }

    public static NodeKinds Of(IReadOnlyList<Node> nodes) => new(nodes);

    /// <summary>The name of a node that is alone of its kind, else "linux/arm64 x12".</summary>
    public string LabelOf(Node node) => _kinds.TryGetValue(node, out var kind) ? kind.Label : node.Name;

    /// <summary>The number of nodes of its kind.</summary>
    public int CountOf(Node node) => _kinds.TryGetValue(node, out var kind) ? kind.Count : 1;

    /// <summary>What every single node pulls, in the order in which the nodes were described.</summary>
    /// <param name="pulls">One for each of <see cref="First"/>, or those of nodes that nobody described.</param>
    public IEnumerable<(string Name, SimulatedPull Pull)> Spread(IReadOnlyList<SimulatedPull> pulls) =>
        _nodes.Count == 0 || pulls.Count == 0 ? pulls.Select(p => (p.Node.Name, p)) : _nodes.Select(n => (n.Name, pulls[_kinds[n].Position]));
}
