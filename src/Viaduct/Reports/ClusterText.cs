using System.Text;
using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>What becomes of pods on nodes, for people: a matrix, and below it every cause once.</summary>
public static class ClusterText
{
    private const int MaxCauses = 50;
    private const int MaxNotes = 6;

    /// <param name="paint">Colours a padded word by what it says; null on a pipe.</param>
    public static string Render(ClusterView view, Func<string, string>? paint = null)
    {
        var text = new StringBuilder(ClusterMatrix.Render(view, paint));
        foreach (var cause in view.Causes.Take(MaxCauses)) Cause(text, cause, paint);
        if (view.Causes.Count > MaxCauses) text.Append($"\nand {view.Causes.Count - MaxCauses} more causes, which --output json has\n");
        if (view.Report.Remarks.Count > 0) text.Append('\n');
        foreach (var remark in view.Report.Remarks) text.Append(TextTable.Plain(Remark(remark))).Append('\n');
        var remedies = FindingLines.Remedies(view.Causes.SelectMany(c => c.Findings)).ToList();
        if (remedies.Count > 0) text.Append('\n');
        foreach (var remedy in remedies) text.Append(remedy).Append('\n');
        return text.Append('\n').Append(view.Summary()).Append('\n').ToString();
    }

    internal static string Remark(ObjectRemark remark) =>
        $"{(remark.Verdict == Verdict.Ok ? "note" : remark.Verdict.Word())}: {(remark.Where.Length == 0 ? "" : $"{remark.Where}: ")}{remark.Text}";

    /// <summary>What is wrong with images, and what to know of it; as many lines as one reads.</summary>
    internal static IEnumerable<string> Details(ClusterCause cause)
    {
        string[] all = [.. cause.Findings.Select(f => $"{FindingLines.Head(f)} {f.Text}"), .. cause.Notes];
        return all.Length <= MaxNotes ? all : [.. all.Take(MaxNotes), $"and {all.Length - MaxNotes} more, which --explain shows"];
    }

    private static void Cause(StringBuilder text, ClusterCause cause, Func<string, string>? paint)
    {
        var word = TextTable.Plain(cause.Word);
        text.Append('\n').Append(paint?.Invoke(word) ?? word).Append(cause.Image.Length == 0 ? "" : $": {TextTable.Plain(cause.Image)}").Append('\n');
        if (cause.Text.Length > 0) Line("", cause.Text);
        Line("pods   ", FindingLines.Labels(cause.Pods));
        Line("nodes  ", FindingLines.Labels(cause.Nodes));
        foreach (var detail in Details(cause)) Line("- ", detail);

        void Line(string head, string line) => text.Append("  ").Append(head).Append(TextTable.Plain(line)).Append('\n');
    }
}
