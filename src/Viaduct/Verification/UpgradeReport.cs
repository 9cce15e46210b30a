using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>What changes for images when nodes change.</summary>
/// <param name="Images">The number of images that were pulled.</param>
/// <param name="Problems">What could not be pulled before or after, a sentence each.</param>
public sealed record UpgradeReport(int Images, NodePairs Nodes, IReadOnlyList<PullChange> Changes, IReadOnlyList<string> Problems)
{
    public bool Breaks => Changes.Any(c => c.Breaks);

    /// <summary>The nodes on which images have to be pulled for <see cref="Of"/>: all as they are, then all as they will be.</summary>
    public static IReadOnlyList<Node> NodesOf(NodePairs pairs) => [.. pairs.Pairs.Select(p => p.Before), .. pairs.Pairs.Select(p => p.After)];

    /// <param name="reports">Simulated on the nodes of <see cref="NodesOf"/>.</param>
    public static UpgradeReport Of(NodePairs pairs, IReadOnlyList<ListReport> reports) => new(
        reports.Count,
        pairs,
        [.. reports.Where(r => r.Pulls.Count > 0).SelectMany(r => pairs.Pairs.Select((pair, i) => PullChange.Of(r.List, pair, r.Pulls[i], r.Pulls[pairs.Pairs.Count + i]))).OfType<PullChange>()],
        [.. reports.SelectMany(r => r.Problems.Select(p => $"{r.List}: {p}"))]);
}
