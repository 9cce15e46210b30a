using System.Text;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Reports;

/// <summary>What changes with the nodes, for people.</summary>
public static class UpgradeText
{
    public static string Render(UpgradeReport report)
    {
        var text = new StringBuilder();
        if (report.Changes.Count > 0) text.Append(Table(report));
        List<string> notes =
        [
            .. report.Changes.GroupBy(c => c.Image.ToString()).SelectMany(g => Notes(g.Key, [.. g])),
            .. report.Unseen.SelectMany(r => FindingLines.Of(r, n => n.Name)),
            .. Left("only among the nodes of today, and left out", report.Nodes.OnlyBefore),
            .. Left("only among the nodes then, and left out", report.Nodes.OnlyAfter),
        ];
        foreach (var note in notes) text.Append(TextTable.Plain(note)).Append('\n');
        foreach (var remedy in FindingLines.Remedies(report.Changes.SelectMany(c => c.NewFindings).Concat(FindingLines.All(report.Unseen)))) text.Append(remedy).Append('\n');
        if (report.Failing.Count > 0) text.Append(Failing(report)).Append('\n');
        return text.Append(Summary(report)).Append('\n').ToString();
    }

    private static string Table(UpgradeReport report)
    {
        var table = new TextTable("IMAGE", "NODE", "BEFORE", "AFTER");
        foreach (var change in report.Changes) table.Add(ShortName.Of(change.Image), change.Nodes.Label, Told(change.Before), Told(change.After));
        return table.Render();
    }

    private static string Told(SimulatedPull pull) =>
        $"{pull.Node.Runtime}: {pull.Verdict.Word()}, {(pull.Selected is { } image ? $"{image.Digest.Short} for {(pull.Selection?.Chosen?.Platform ?? pull.ConfigPlatform)?.ToString() ?? "no platform"}" : "nothing is pulled")}";

    private static IEnumerable<string> Notes(string image, IReadOnlyList<PullChange> changes) =>
    [
        // A finding repeats the error, unless it was there before.
        .. changes.Where(c => c.After.Selection?.Error is { } error && !c.NewFindings.Any(f => f.Text.Contains(error, StringComparison.Ordinal)))
            .GroupBy(c => c.After.Selection!.Error!).Select(g => $"{image} on {FindingLines.Labels([.. g.Select(c => c.Nodes.Label).Distinct()])}: {g.Key}"),
        .. FindingLines.OfNodes(image, changes.SelectMany(c => c.NewFindings.Select(f => (c.Nodes.Label, c.After.Node, f)))),
    ];

    private static IEnumerable<string> Left(string what, IReadOnlyList<string> names) => names.Count == 0 ? [] : [$"{what}: {FindingLines.Labels(names)}"];

    private static string Failing(UpgradeReport report)
    {
        var nodes = report.Failing.SelectMany(f => f.Nodes).Distinct().Count();
        return $"{Many(report.Failing.Count, "image")} {(report.Failing.Count == 1 ? "fails" : "fail")} on {Many(nodes, "node")} before and after: 'viaduct simulate' says why";
    }

    private static string Summary(UpgradeReport report)
    {
        var unseen = report.Unseen.Count == 0 ? "" : $"{Many(report.Unseen.Count, "image")} could not be looked at";
        if (report.Images == 0) return unseen;
        return Changed(report) + (unseen.Length == 0 ? "" : $"; {unseen}");
    }

    private static string Changed(UpgradeReport report)
    {
        var all = $"{Many(report.Images, "image")} on {Many(report.Nodes.Count, "node")}";
        if (report.Changes.Count == 0) return $"nothing changes: {all}";
        var images = report.Changes.Select(c => c.Image).Distinct().Count();
        var changed = $"{images} of {all} {(images == 1 ? "changes" : "change")}";
        var broken = report.Changes.Where(c => c.Breaks).SelectMany(c => c.Nodes.Names).Distinct().Count();
        return broken == 0 ? $"{changed}, and none stops working" : $"{changed}; on {Many(broken, "node")} something stops working";
    }

    private static string Many(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
