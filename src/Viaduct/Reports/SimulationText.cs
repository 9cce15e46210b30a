using System.Text;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Reports;

/// <summary>What nodes would get, for people: a table, and below it everything that was found.</summary>
public static class SimulationText
{
    public static string Render(IReadOnlyList<ListReport> reports)
    {
        var table = new TextTable("LIST", "NODE", "VERDICT", "IMAGE", "EXECUTABLE");
        foreach (var report in reports)
        {
            var name = report.List.ToString();
            foreach (var pull in report.Pulls)
                table.Add(name, pull.Node.ToString(), pull.Verdict.Word(), pull.Selected?.Digest.Short ?? "-", pull.Executable ?? "-");
            // A name without a row would look as if nothing were wrong.
            if (report.Pulls.Count == 0) table.Add(name, "-", (report.HasFailed ? Verdict.Failure : Verdict.Unknown).Word(), report.Digest?.Short ?? "-", "-");
        }
        var text = new StringBuilder(table.Render());
        foreach (var note in reports.SelectMany(Notes)) text.Append(TextTable.Plain(note)).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<string> Notes(ListReport report) =>
    [
        .. report.Pulls.SelectMany(p => p.Findings.Select(f => $"{report.List} on {p.Node}: {f}")),
        .. report.Problems.Concat(report.Untried).Select(n => $"{report.List}: {n}"),
    ];
}
