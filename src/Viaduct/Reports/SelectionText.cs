using System.Globalization;
using System.Text;
using Viaduct.Oci;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Reports;

/// <summary>Choices for people: of one runtime entry by entry, of several side by side.</summary>
public static class SelectionText
{
    public static string Render(SelectionReport report)
    {
        var text = new StringBuilder();
        foreach (var note in report.Notes) text.Append(TextTable.Plain(note)).Append('\n');
        if (report.Runtimes.Count == 1)
            foreach (var selection in report.Selections) One(text, selection);
        else
            Several(text, report);
        return text.ToString();
    }

    private static void One(StringBuilder text, Selection selection)
    {
        if (text.Length > 0) text.Append('\n');
        var taken = selection.Chosen is not { } chosen ? "takes nothing"
            : selection.Path.Count == 0 ? $"takes {Digits(chosen)}{(selection.List.Entries[0].Config is { } config ? $" for {config}" : "")}, a single image: every node takes it"
            : $"takes entry {string.Join('.', selection.Path)}, {Named(chosen)}";
        var next = selection.RunnerUp is { } runnerUp ? $"; next would be {Named(runnerUp)}" : "";
        text.Append(TextTable.Plain($"{selection.Runtime} on {selection.Platform} {taken}{next}")).Append('\n');
        if (selection.Entries.Count > 0) text.Append(Entries(selection));
        if (selection.Chosen is null) text.Append(TextTable.Plain(selection.Error ?? "It says nothing and succeeds.")).Append('\n');
    }

    private static string Entries(Selection selection)
    {
        var table = new TextTable("ENTRY", "DIGEST", "PLATFORM", "RESULT");
        foreach (var entry in selection.Entries)
            table.Add(
                entry.Position.ToString(CultureInfo.InvariantCulture), entry.Entry.Digest.Short, entry.Entry.Platform?.ToString() ?? "-",
                entry.Reason is null ? "taken" : $"{Word(entry.Reason.Value)}: {entry.Because}");
        return table.Render();
    }

    private static void Several(StringBuilder text, SelectionReport report)
    {
        var usual = report.Runtimes.FirstOrDefault(r => r == Runtimes.Default) ?? report.Runtimes[0];
        var same = report.Taken(usual);
        var table = new TextTable(["", "RUNTIME", .. report.Platforms.Select(p => TextTable.Plain(p.ToString()))]);
        foreach (var runtime in report.Runtimes)
            table.Add([report.Taken(runtime) == same ? "" : "*", runtime.ToString(), .. report.Selections.Where(s => s.Runtime == runtime).Select(SelectionReport.Cell)]);
        text.Append(table.Render());
        text.Append(report.Runtimes.All(r => report.Taken(r) == same) ? "All take the same.\n" : $"* takes something else than {usual}.\n");
        Rules(text, report);
        Errors(text, report);
    }

    private static void Rules(StringBuilder text, SelectionReport report)
    {
        text.Append("\nRules:\n");
        foreach (var group in report.Runtimes.GroupBy(r => r.Rule))
        {
            var observed = group.Where(r => r.Observed.Length > 0).Select(r => $"{r.Name} {r.Observed}").Distinct().ToList();
            text.Append($"  {string.Join(", ", group)}: {group.Key} ({(observed.Count == 0 ? "from the source" : $"held to {string.Join(", ", observed)}")})\n");
        }
    }

    private static void Errors(StringBuilder text, SelectionReport report)
    {
        var groups = report.Selections.Where(s => s.Chosen is null).GroupBy(s => s.Error ?? "").ToList();
        if (groups.Count == 0) return;
        text.Append("\nWhere nothing is taken:\n");
        foreach (var group in groups)
        {
            var who = string.Join(", ", group.GroupBy(s => s.Runtime).Select(g => $"{g.Key} ({string.Join(", ", g.Select(s => s.Platform))})"));
            text.Append(TextTable.Plain($"  {who}: {(group.Key.Length == 0 ? "says nothing and succeeds" : group.Key)}")).Append('\n');
        }
    }

    /// <summary>A reason as reports and JSON write it.</summary>
    public static string Word(PassReason reason) => reason switch
    {
        PassReason.NoPlatform => "no-platform",
        PassReason.Attestation => "attestation",
        PassReason.OtherPlatform => "other-platform",
        PassReason.WorsePlatform => "worse-platform",
        PassReason.Duplicate => "duplicate",
        _ => "refused",
    };

    private static string Named(Descriptor entry) => $"{Digits(entry)} for {entry.Platform?.ToString() ?? "no platform"}";

    private static string Digits(Descriptor entry) => $"{entry.Digest.Algorithm}:{entry.Digest.Short}";
}
