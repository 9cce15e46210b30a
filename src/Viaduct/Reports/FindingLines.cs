using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Reports;

/// <summary>Findings for people: each once with its nodes, and at the end what to do, once a kind.</summary>
internal static class FindingLines
{
    private const int MaxLabels = 8;

    public static IEnumerable<string> Of(ListReport report, NodeKinds kinds) =>
    [
        .. report.Findings.Select(f => $"{Head(f)} {f.Text}"),
        .. report.Pulls.SelectMany(p => p.Findings.Select(f => (p.Node, Finding: f)))
            .GroupBy(f => (f.Finding.Kind.Code, f.Finding.Verdict, FindingWords.WithoutNode(f.Finding, f.Node)))
            .Select(g => Line(report.List.ToString(), [.. g.Select(f => f.Node)], g.First().Finding, kinds)),
        .. report.Problems.Concat(report.Untried).Select(n => $"{report.List}: {n}"),
    ];

    /// <summary>One line a code, by code.</summary>
    public static IEnumerable<string> Remedies(IEnumerable<Finding> findings) => findings.Select(f => f.Kind).DistinctBy(k => k.Code)
        .OrderBy(k => k.Code, StringComparer.Ordinal).Select(k => $"{k.Code}: {k.Remedy} See docs/findings/{k.Code}.md.");

    public static IEnumerable<Finding> All(IEnumerable<ListReport> reports) => reports.SelectMany(r => r.Findings.Concat(r.Pulls.SelectMany(p => p.Findings)));

    public static string Head(Finding finding) => $"{finding.Kind.Code} {finding.Kind.Name}{(finding.Verdict == Verdict.Ok ? " (a note)" : "")}:";

    public static string Labels(IReadOnlyList<string> labels) =>
        labels.Count <= MaxLabels ? string.Join(", ", labels) : $"{string.Join(", ", labels.Take(MaxLabels))} and {labels.Count - MaxLabels} more";

    /// <summary>The sentence names one node: only where it stands for more do all of them stand before it.</summary>
    private static string Line(string list, IReadOnlyList<Node> nodes, Finding finding, NodeKinds kinds)
    {
        var alone = nodes.Count == 1 && kinds.LabelOf(nodes[0]) == nodes[0].Name;
        return $"{Head(finding)} {list}{(alone ? "" : $" on {Labels([.. nodes.Select(kinds.LabelOf)])}")}: {finding.Text}";
    }
}
