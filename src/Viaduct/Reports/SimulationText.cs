using System.Globalization;
using System.Text;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Reports;

/// <summary>What nodes would get, for people: a table, below it everything that was found, and what to do about it.</summary>
public static class SimulationText
{
    /// <summary>Columns have the nodes' names while the lines are not longer than this, else a letter each, which the legend explains.</summary>
    private const int NamedWidth = 100;

    /// <summary>Wider than a screen, a matrix is not read any more.</summary>
    private const int MaxWidth = 120;
    private const int MaxLetters = 26;

    public static string Render(IReadOnlyList<ListReport> reports) => Render(reports, NodeKinds.None);

    /// <param name="kinds">The nodes that were described; with them the table is images by nodes while it fits.</param>
    public static string Render(IReadOnlyList<ListReport> reports, NodeKinds kinds)
    {
        var text = new StringBuilder();
        Func<Node, string> labelOf = kinds.LabelOf;
        if (kinds.First.Count == 0)
            Rows(text.Append(RuntimeOf(reports)), reports, labelOf);
        else if (Matrix(reports, kinds, labelOf) is var named && Width(named) <= NamedWidth)
            text.Append(Legend(kinds)).Append(named);
        else if (kinds.First.Count <= MaxLetters && Matrix(reports, kinds, n => Letter(kinds, n)) is var lettered && Width(lettered) <= MaxWidth)
        {
            labelOf = n => Letter(kinds, n);
            text.Append(Letters(kinds)).Append('\n').Append(lettered);
        }
        else
            Rows(text.Append(Legend(kinds)), reports, labelOf);
        foreach (var note in reports.SelectMany(r => FindingLines.Of(r, labelOf))) text.Append(TextTable.Plain(note)).Append('\n');
        foreach (var remedy in FindingLines.Remedies(FindingLines.All(reports))) text.Append(remedy).Append('\n');
        return text.ToString();
    }

    /// <summary>Nodes that are known by their platform have what --as says, and no legend tells it.</summary>
    private static string RuntimeOf(IReadOnlyList<ListReport> reports) =>
        reports.SelectMany(r => r.Pulls).Select(p => p.Node.Runtime).FirstOrDefault() is { } runtime && runtime != Runtimes.Default ? $"The nodes have {runtime}.\n" : "";

    private static string Letter(NodeKinds kinds, Node node) => ((char)('A' + kinds.First.TakeWhile(n => !Node.SameKind.Equals(n, node)).Count())).ToString();

    private static int Width(string table) => table.Split('\n').Max(l => l.Length);

    /// <summary>Nothing where the names say all.</summary>
    private static string Legend(NodeKinds kinds)
    {
        if (kinds.First.All(n => kinds.LabelOf(n) == n.Platform.ToString() && n.Runtime == Runtimes.Default)) return "";
        var table = new TextTable("NODE", "COUNT", "PLATFORM", "RUNTIME");
        foreach (var node in kinds.First) table.Add(kinds.LabelOf(node), Count(kinds, node), node.Platform.ToString(), node.Runtime.ToString());
        return table.Render() + '\n';
    }

    private static string Letters(NodeKinds kinds)
    {
        var table = new TextTable("", "COUNT", "PLATFORM", "RUNTIME", "FIRST NODE");
        foreach (var node in kinds.First) table.Add(Letter(kinds, node), Count(kinds, node), node.Platform.ToString(), node.Runtime.ToString(), node.Name);
        return table.Render();
    }

    private static string Count(NodeKinds kinds, Node node) => kinds.CountOf(node).ToString(CultureInfo.InvariantCulture);

    private static string Matrix(IReadOnlyList<ListReport> reports, NodeKinds kinds, Func<Node, string> headOf)
    {
        var table = new TextTable(["LIST", .. kinds.First.Select(n => TextTable.Plain(headOf(n)))]);
        foreach (var report in reports)
            table.Add([ShortName.Of(report.List), .. kinds.First.Select((_, i) => (i < report.Pulls.Count ? report.Pulls[i].Verdict : Unpulled(report)).Word())]);
        return table.Render();
    }

    private static void Rows(StringBuilder text, IReadOnlyList<ListReport> reports, Func<Node, string> labelOf)
    {
        var table = new TextTable("LIST", "NODE", "VERDICT", "IMAGE", "EXECUTABLE");
        foreach (var report in reports)
        {
            var name = ShortName.Of(report.List);
            foreach (var pull in report.Pulls)
                table.Add(name, labelOf(pull.Node), pull.Verdict.Word(), pull.Selected?.Digest.Short ?? "-", pull.Executable ?? "-");
            // A name without a row would look as if nothing were wrong.
            if (report.Pulls.Count == 0) table.Add(name, "-", Unpulled(report).Word(), report.Digest?.Short ?? "-", "-");
        }
        text.Append(table.Render());
    }

    private static Verdict Unpulled(ListReport report) => report.HasFailed ? Verdict.Failure : Verdict.Unknown;
}
