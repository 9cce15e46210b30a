using System.Globalization;
using System.Text;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Reports;

/// <summary>What nodes would get, for people: a table, below it everything that was found, and what to do about it.</summary>
public static class SimulationText
{
    /// <summary>With more kinds of nodes than these, or wider than a screen, a matrix is not read any more.</summary>
    private const int MaxColumns = 8;
    private const int MaxWidth = 120;

    public static string Render(IReadOnlyList<ListReport> reports) => Render(reports, NodeKinds.None);

    /// <param name="kinds">The nodes that were described; with them the table is images by nodes while it fits.</param>
    public static string Render(IReadOnlyList<ListReport> reports, NodeKinds kinds)
    {
        var text = new StringBuilder();
        if (kinds.First.Any(n => kinds.LabelOf(n) != n.Platform.ToString() || n.Runtime != Runtimes.Default)) text.Append(Legend(kinds)).Append('\n');
        text.Append(kinds.First.Count is > 0 and <= MaxColumns && Matrix(reports, kinds) is { } matrix && matrix.IndexOf('\n', StringComparison.Ordinal) <= MaxWidth ? matrix : Rows(reports, kinds));
        foreach (var note in reports.SelectMany(r => FindingLines.Of(r, kinds))) text.Append(TextTable.Plain(note)).Append('\n');
        foreach (var remedy in FindingLines.Remedies(FindingLines.All(reports))) text.Append(remedy).Append('\n');
        return text.ToString();
    }

    private static string Legend(NodeKinds kinds)
    {
        var table = new TextTable("NODE", "COUNT", "PLATFORM", "RUNTIME");
        foreach (var node in kinds.First)
            table.Add(kinds.LabelOf(node), kinds.NamesOf(node).Count.ToString(CultureInfo.InvariantCulture), node.Platform.ToString(), node.Runtime.ToString());
        return table.Render();
    }

    private static string Matrix(IReadOnlyList<ListReport> reports, NodeKinds kinds)
    {
        var table = new TextTable(["LIST", .. kinds.First.Select(n => TextTable.Plain(kinds.LabelOf(n)))]);
        foreach (var report in reports)
            table.Add([report.List.ToString(), .. kinds.First.Select((_, i) => (i < report.Pulls.Count ? report.Pulls[i].Verdict : Unpulled(report)).Word())]);
        return table.Render();
    }

    private static string Rows(IReadOnlyList<ListReport> reports, NodeKinds kinds)
    {
        var table = new TextTable("LIST", "NODE", "VERDICT", "IMAGE", "EXECUTABLE");
        foreach (var report in reports)
        {
            var name = report.List.ToString();
            foreach (var pull in report.Pulls)
                table.Add(name, kinds.LabelOf(pull.Node), pull.Verdict.Word(), pull.Selected?.Digest.Short ?? "-", pull.Executable ?? "-");
            // A name without a row would look as if nothing were wrong.
            if (report.Pulls.Count == 0) table.Add(name, "-", Unpulled(report).Word(), report.Digest?.Short ?? "-", "-");
        }
        return table.Render();
    }

    private static Verdict Unpulled(ListReport report) => report.HasFailed ? Verdict.Failure : Verdict.Unknown;
}
