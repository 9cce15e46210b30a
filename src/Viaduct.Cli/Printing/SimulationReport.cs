using Viaduct.Oci;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Printing;

/// <summary>What nodes would get: JSON for scripts, and an exit code.</summary>
internal static class SimulationReport
{
    /// <summary>Only what surely goes wrong fails; an image that says too little of itself is not broken.</summary>
    public static ExitCode ExitOf(IReadOnlyList<ListReport> reports) =>
        reports.Any(r => r.HasFailed) ? ExitCode.VerificationFailed : ExitCode.Done;

    public static byte[] ToJson(IReadOnlyList<ListReport> reports) => Json.Document(json =>
    {
        json.Name("lists").BeginArray();
        foreach (var report in reports)
        {
            json.BeginObject()
                .Name("name").String(report.List.ToString())
                .Optional("digest", report.Digest?.ToString())
                .Name("problems").Strings(report.Problems)
                .Name("untried").Strings(report.Untried)
                .Name("nodes").BeginArray();
            foreach (var pull in report.Pulls)
                json.BeginObject()
                    .Name("platform").String(pull.Node.ToString())
                    .Name("verdict").String(pull.Verdict.Word())
                    .Optional("digest", pull.Selected?.Digest.ToString())
                    .Optional("imagePlatform", pull.ConfigPlatform?.ToString())
                    .Optional("executable", pull.Executable)
                    .Name("findings").Strings(pull.Findings)
                    .EndObject();
            json.EndArray().EndObject();
        }
        json.EndArray();
    });
}
