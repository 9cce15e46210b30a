using System.Text;
using Viaduct.Oci;
using Viaduct.Reports;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Printing;

/// <summary>What nodes would get: a table for people, JSON for scripts, an exit code for both.</summary>
internal static class SimulationReport
{
    /// <summary>Only what surely goes wrong fails; an image that says too little of itself is not broken.</summary>
    public static ExitCode ExitOf(IReadOnlyList<ListReport> reports) =>
        reports.Any(r => r.HasFailed) ? ExitCode.VerificationFailed : ExitCode.Done;

    public static string ToText(IReadOnlyList<ListReport> reports)
    {
        var table = new TextTable("LIST", "NODE", "VERDICT", "IMAGE", "EXECUTABLE");
        var notes = new StringBuilder();
        foreach (var report in reports)
        {
            foreach (var pull in report.Pulls.Select(p => p.Pull))
            {
                table.Add(report.List.ToString(), pull.Node.ToString(), Word(pull.Verdict), pull.Selected?.Digest.Short ?? "-", pull.Executable ?? "-");
                foreach (var finding in pull.Findings) notes.Append($"{report.List} on {pull.Node}: {finding}\n");
            }
            foreach (var problem in report.Problems) notes.Append($"{report.List}: {problem}\n");
        }
        return table.Render() + notes;
    }

    public static byte[] ToJson(IReadOnlyList<ListReport> reports) => Json.Document(json =>
    {
        json.Name("lists").BeginArray();
        foreach (var report in reports)
        {
            json.BeginObject()
                .Name("name").String(report.List.ToString())
                .Name("digest").String(report.Digest.ToString())
                .Name("problems").Strings(report.Problems)
                .Name("nodes").BeginArray();
            foreach (var pull in report.Pulls.Select(p => p.Pull))
                json.BeginObject()
                    .Name("platform").String(pull.Node.ToString())
                    .Name("verdict").String(Word(pull.Verdict))
                    .Optional("digest", pull.Selected?.Digest.ToString())
                    .Optional("imagePlatform", pull.ConfigPlatform?.ToString())
                    .Optional("executable", pull.Executable)
                    .Name("findings").Strings(pull.Findings)
                    .EndObject();
            json.EndArray().EndObject();
        }
        json.EndArray();
    });

    private static string Word(Verdict verdict) => verdict switch { Verdict.Ok => "ok", Verdict.Warning => "warning", Verdict.Failure => "failure", _ => "unknown" };
}
