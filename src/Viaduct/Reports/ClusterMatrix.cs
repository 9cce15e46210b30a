using System.Globalization;
using System.Text;
using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>Pods by nodes, as wide as one still reads it.</summary>
internal static class ClusterMatrix
{
    /// <summary>Columns have the nodes' names while the lines are not longer than this, else a letter each, which the legend explains.</summary>
    private const int NamedWidth = 100;
    private const int MaxWidth = 120;
    private const int MaxLetters = 26;

    public static string Render(ClusterView view, Func<string, string>? paint)
    {
        var words = view.Rows.Select(r => (string[])[r.Label, .. r.Pods.Cells.Select(ClusterWords.Of)]).ToList();
        if (Table(view.NodeLabels, words) is var named && Width(named) <= NamedWidth) return Legend(view, null) + named.Render(paint);
        string[] letters = [.. view.NodeLabels.Select((_, i) => i < MaxLetters ? ((char)('A' + i)).ToString() : $"#{i + 1}")];
        if (letters.Length <= MaxLetters && Table(letters, words) is var lettered && Width(lettered) <= MaxWidth)
            return Legend(view, letters) + lettered.Render(paint);
        return Legend(view, letters) + Folded(letters, words);
    }

    private static TextTable Table(IReadOnlyList<string> labels, IEnumerable<string[]> words)
    {
        var table = new TextTable(["POD", .. labels.Select(TextTable.Plain)]);
        foreach (var row in words) table.Add(row);
        return table;
    }

    private static int Width(TextTable table) => table.Render().Split('\n').Max(l => l.Length);

    /// <summary>Each word with the nodes that it is true of.</summary>
    private static string Folded(string[] letters, List<string[]> words)
    {
        var table = new TextTable("POD", "STATUS", "NODES");
        foreach (var row in words)
            foreach (var (at, group) in row.Skip(1).Select((word, i) => (word, i)).GroupBy(c => c.word).Index())
                table.Add(at == 0 ? row[0] : "", group.Key, group.Count() == letters.Length && letters.Length > 1 ? "all" : string.Join(", ", group.Select(c => letters[c.i])));
        return table.Render();
    }

    private static string Legend(ClusterView view, string[]? letters)
    {
        var groups = view.Report.NodeGroups;
        if (letters is null && groups.Select((g, i) => g.Nodes.Count == 1 && view.NodeLabels[i] == g.Nodes[0].Platform.ToString() && g.Nodes[0].Runtime == Runtimes.Default).All(trivial => trivial)) return "";
        var table = new TextTable([.. letters is null ? (string[])[] : [""], "NODE", "COUNT", "PLATFORM", "RUNTIME", "KUBERNETES"]);
        for (var i = 0; i < groups.Count; i++)
        {
            var first = groups[i].Nodes[0];
            table.Add([.. letters is null ? (string[])[] : [letters[i]], view.NodeLabels[i], groups[i].Nodes.Count.ToString(CultureInfo.InvariantCulture), first.Platform.ToString(), first.Runtime.ToString(), first.KubernetesVersion ?? "-"]);
        }
        return new StringBuilder(table.Render()).Append('\n').ToString();
    }
}
