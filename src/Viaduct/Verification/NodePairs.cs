using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Two descriptions of nodes side by side, matched by name.</summary>
/// <param name="Pairs">One a kind.</param>
/// <param name="OnlyBefore">The names that the second description has not.</param>
/// <param name="OnlyAfter">The names that the first has not.</param>
public sealed record NodePairs(IReadOnlyList<NodePair> Pairs, IReadOnlyList<string> OnlyBefore, IReadOnlyList<string> OnlyAfter)
{
    /// <summary>The number of nodes that both descriptions have.</summary>
    public int Count => Pairs.Sum(p => p.Names.Count);

    public static NodePairs Of(IReadOnlyList<Node> before, IReadOnlyList<Node> after)
    {
        var then = after.ToDictionary(n => n.Name, StringComparer.Ordinal);
        var now = before.Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var pairs = before.Where(n => then.ContainsKey(n.Name)).GroupBy(n => (n, then[n.Name]), new BothKinds()).ToList();
        Node[] many = [.. pairs.Where(g => g.Count() > 1).Select(g => g.Key.Item1)];
        return new(
            [.. pairs.Select(g => new NodePair(g.Key.Item1, g.Key.Item2, [.. g.Select(n => n.Name)], KindLabels.Of(g.Key.Item1, g.Count(), many)))],
            [.. before.Where(n => !then.ContainsKey(n.Name)).Select(n => n.Name)],
            [.. after.Where(n => !now.Contains(n.Name)).Select(n => n.Name)]);
    }

    private sealed class BothKinds : IEqualityComparer<(Node, Node)>
    {
        public bool Equals((Node, Node) x, (Node, Node) y) => Node.SameKind.Equals(x.Item1, y.Item1) && Node.SameKind.Equals(x.Item2, y.Item2);

        public int GetHashCode((Node, Node) pair) => HashCode.Combine(Node.SameKind.GetHashCode(pair.Item1), Node.SameKind.GetHashCode(pair.Item2));
    }
}
