using System.Text;
using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>What becomes of pods on nodes, for the summary of a step. GitHub takes a mebibyte of a step, so that rows and causes are bounded.</summary>
public static class ClusterMarkdown
{
    private const int MaxRows = 200;
    private const int MaxCauses = 50;
    private const int MaxText = 2_000;

    public static string Render(ClusterView view)
    {
        var text = new StringBuilder("## Pods on nodes\n\n");
        text.Append(Safe(view.Summary())).Append("\n\n").Append(Table(view));
        if (view.Rows.Count > MaxRows) text.Append($"\nand {view.Rows.Count - MaxRows} more\n");
        foreach (var cause in view.Causes.Take(MaxCauses)) Cause(text, cause);
        if (view.Causes.Count > MaxCauses) text.Append($"\nand {view.Causes.Count - MaxCauses} more causes\n");
        if (view.Report.Remarks.Count > 0) text.Append('\n');
        foreach (var remark in view.Report.Remarks.Take(MaxCauses)) text.Append("- ").Append(Safe(ClusterText.Remark(remark))).Append('\n');
        if (view.Report.Remarks.Count > MaxCauses) text.Append($"- and {view.Report.Remarks.Count - MaxCauses} more\n");
        var remedies = FindingLines.Remedies(view.Causes.SelectMany(c => c.Findings)).ToList();
        if (remedies.Count > 0) text.Append('\n');
        foreach (var remedy in remedies) text.Append("- ").Append(Safe(remedy)).Append('\n');
        return text.ToString();
    }

    private static string Table(ClusterView view)
    {
        var table = new TextTable(["POD", .. view.NodeLabels.Select(Safe)]);
        foreach (var (label, pods) in view.Rows.Take(MaxRows)) table.Add([Safe(label), .. pods.Cells.Select(c => Marked(ClusterWords.Of(c), ClusterWords.VerdictOf(c)))]);
        return table.RenderMarkdown();
    }

    private static string Marked(string word, Verdict? verdict) => verdict is Verdict.Failure ? $"**{word}**" : word;

    private static void Cause(StringBuilder text, ClusterCause cause)
    {
        text.Append($"\n### {Safe(cause.Word)}{(cause.Image.Length == 0 ? "" : $": {Safe(cause.Image)}")}\n\n");
        if (cause.Text.Length > 0) text.Append("    ").Append(TextTable.Plain(Short(cause.Text))).Append("\n\n");
        text.Append("- pods: ").Append(Safe(FindingLines.Labels(cause.Pods))).Append('\n');
        text.Append("- nodes: ").Append(Safe(FindingLines.Labels(cause.Nodes))).Append('\n');
        foreach (var detail in ClusterText.Details(cause)) text.Append("- ").Append(Safe(Short(detail))).Append('\n');
    }

    /// <summary>Words of strangers make no link, picture, mention or HTML.</summary>
    private static string Safe(string text)
    {
        var safe = new StringBuilder();
        foreach (var c in TextTable.Plain(text))
        {
            if (c is '<') safe.Append("&lt;");
            else if (c is '&') safe.Append("&amp;");
            else if (c is '@') safe.Append("&#64;");
            else safe.Append(c is '[' or ']' or '`' or '*' or '_' or '\\' or '!' ? $"\\{c}" : c.ToString());
        }
        return safe.ToString();
    }

    private static string Short(string text) => text.Length <= MaxText ? text : text[..MaxText] + "…";
}
