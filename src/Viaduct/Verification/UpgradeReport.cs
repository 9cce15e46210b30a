using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>What changes for images when nodes change.</summary>
/// <param name="Images">The number of images that were pulled.</param>
/// <param name="Unseen">What could not be pulled at all, with the reasons.</param>
public sealed record UpgradeReport(int Images, NodePairs Nodes, IReadOnlyList<PullChange> Changes, IReadOnlyList<ListReport> Unseen)
{
    /// <summary>Images that fail on nodes before and after, each with the names of these nodes.</summary>
    public IReadOnlyList<(Reference Image, IReadOnlyList<string> Nodes)> Failing { get; init; } = [];

    public bool Breaks => Changes.Any(c => c.Breaks);

    /// <summary>True when something stops working, and when something could not be looked at: nobody knows that it does not.</summary>
    public bool HasFailed => Breaks || Unseen.Count > 0;

    /// <summary>The nodes on which images have to be pulled for <see cref="Of"/>: all as they are, then all as they will be.</summary>
    public static IReadOnlyList<Node> NodesOf(NodePairs pairs) => [.. pairs.Pairs.Select(p => p.Before), .. pairs.Pairs.Select(p => p.After)];

    /// <param name="reports">Simulated on the nodes of <see cref="NodesOf"/>.</param>
    public static UpgradeReport Of(NodePairs pairs, IReadOnlyList<ListReport> reports)
    {
        var pulled = reports.Where(r => r.Pulls.Count > 0).Select(r => (r.List, Pairs: pairs.Pairs.Select((p, i) => (Nodes: p, Before: r.Pulls[i], After: r.Pulls[pairs.Pairs.Count + i])).ToList())).ToList();
        return new(
            pulled.Count,
            pairs,
            [.. pulled.SelectMany(l => l.Pairs.Select(p => PullChange.Of(l.List, p.Nodes, p.Before, p.After))).OfType<PullChange>()],
            [.. reports.Where(r => r.Pulls.Count == 0)])
        {
            Failing =
            [
                .. pulled.Select(l => (l.List, Names: (IReadOnlyList<string>)[.. l.Pairs.Where(p => p is { Before.Verdict: Verdict.Failure, After.Verdict: Verdict.Failure }).SelectMany(p => p.Nodes.Names)]))
                    .Where(l => l.Names.Count > 0),
            ],
        };
    }
}
