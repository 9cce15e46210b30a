using System.Globalization;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Many nodes by what decides their pulls: the first of each kind is simulated and stands for the others.</summary>
public sealed class NodeKinds
{
    private readonly Dictionary<Node, (string Label, IReadOnlyList<string> Names)> _kinds = new(Node.SameKind);

    private NodeKinds(IReadOnlyList<IGrouping<Node, Node>> groups)
    {
        First = [.. groups.Select(g => g.Key)];
        Count = groups.Sum(g => g.Count());
        foreach (var group in groups) _kinds.Add(group.Key, (Label(group.Key, group.Count()), [.. group.Select(n => n.Name)]));
    }

    /// <summary>Of lists whose platforms are their nodes: each stands for itself.</summary>
    public static NodeKinds None { get; } = new([]);

    /// <summary>One node a kind, in the order in which the kinds appear.</summary>
    public IReadOnlyList<Node> First { get; }

    /// <summary>The number of all nodes.</summary>
    public int Count { get; }

    public static NodeKinds Of(IReadOnlyList<Node> nodes) => new([.. new NodeList(nodes).Kinds]);

    /// <summary>The name of a node that is alone of its kind, else "linux/arm64 x12", with the runtime where the platform does not tell kinds apart.</summary>
    public string LabelOf(Node node) => _kinds.TryGetValue(node, out var kind) ? kind.Label : node.Name;

    /// <summary>The names of all nodes of its kind.</summary>
    public IReadOnlyList<string> NamesOf(Node node) => _kinds.TryGetValue(node, out var kind) ? kind.Names : [node.Name];

    private string Label(Node node, int count)
    {
        if (count == 1) return node.Name;
        var like = First.Where(n => n.Platform.Equals(node.Platform)).ToList();
        var words = like.Count == 1 ? $"{node.Platform}"
            : like.Count(n => n.Runtime.ToString() == node.Runtime.ToString()) == 1 ? $"{node.Platform} {node.Runtime}"
            : $"{node.Name} and alike";
        return string.Create(CultureInfo.InvariantCulture, $"{words} x{count}");
    }
}
