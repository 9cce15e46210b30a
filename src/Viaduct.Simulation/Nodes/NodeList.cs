namespace Viaduct.Simulation;

/// <summary>The nodes of a description, each with a name of its own.</summary>
/// <param name="Nodes">In the order of the description; at most <see cref="MaxNodes"/>.</param>
public sealed record NodeList(IReadOnlyList<Node> Nodes)
{
    /// <summary>Ten times what Kubernetes supports in a cluster (kubernetes.io/docs/setup/best-practices/cluster-large).</summary>
    public const int MaxNodes = 50_000;

    /// <summary>What had to be assumed, a line each, for people.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The nodes by what decides their pulls, in the order in which the kinds appear; the key is the first node of its kind.</summary>
    public IEnumerable<IGrouping<Node, Node>> Kinds => Nodes.GroupBy(n => n, Node.SameKind);
}
