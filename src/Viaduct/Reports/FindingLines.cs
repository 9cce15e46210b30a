using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Reports;

/// <summary>Findings for people: each once with its nodes, and at the end what to do, once a kind.</summary>
internal static class FindingLines
{
    private const int MaxLabels = 8;

    public static IEnumerable<string> Of(ListReport report, Func<Node, string> labelOf) =>
    [
        .. report.Findings.Select(f => $"{Head(f)} {f.Text}"),
        .. OfNodes(report.List.ToString(), report.Pulls.SelectMany(p => p.Findings.Select(f => (labelOf(p.Node), p.Node, f)))),
        .. report.Untried.Select(n => $"{report.List}: {n}"),
    ];

    /// <summary>Findings that nodes of one or another label share, each once.</summary>
    public static IEnumerable<string> OfNodes(string list, IEnumerable<(string Label, Node Node, Finding Finding)> found) => found
        .GroupBy(f => (f.Finding.Kind.Code, f.Finding.Verdict, FindingWords.WithoutNode(f.Finding, f.Node)))
        .Select(g => Line(list, [.. g.Select(f => f.Label).Distinct()], g.First()));

    /// <summary>One line a code, by code.</summary>
    public static IEnumerable<string> Remedies(IEnumerable<Finding> findings) => findings.Select(f => f.Kind).DistinctBy(k => k.Code)
        .OrderBy(k => k.Code, StringComparer.Ordinal).Select(k => $"{k.Code}: {k.Remedy} See docs/findings/{k.Code}.md.");

    public static IEnumerable<Finding> All(IEnumerable<ListReport> reports) => reports.SelectMany(r => r.Findings.Concat(r.Pulls.SelectMany(p => p.Findings)));

    public static string Head(Finding finding) => $"{finding.Kind.Code} {finding.Kind.Name}{(finding.Verdict == Verdict.Ok ? " (a note)" : "")}:";

    public static string Labels(IReadOnlyList<string> labels) =>
        labels.Count <= MaxLabels ? string.Join(", ", labels) : $"{string.Join(", ", labels.Take(MaxLabels))} and {labels.Count - MaxLabels} more";

    /// <summary>The sentence names one node: only where it stands for more do all of them stand before it.</summary>
    private static string Line(string list, IReadOnlyList<string> labels, (string Label, Node Node, Finding Finding) first)
    {
        var alone = labels.Count == 1 && labels[0] == first.Node.Name;
        return $"{Head(first.Finding)} {list}{(alone ? "" : $" on {Labels(labels)}")}: {first.Finding.Text}";
    }
}
