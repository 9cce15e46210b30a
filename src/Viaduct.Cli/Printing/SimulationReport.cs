using Viaduct.Oci;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Printing;

/// <summary>What nodes would get: JSON for scripts, and an exit code.</summary>
internal static class SimulationReport
{
    /// <summary>2: findings are objects with codes, and nodes have names.</summary>
    public const int Version = 2;

    /// <summary>Only what surely goes wrong fails; an image that says too little of itself is not broken.</summary>
    public static ExitCode ExitOf(IReadOnlyList<ListReport> reports) =>
        reports.Any(r => r.HasFailed) ? ExitCode.VerificationFailed : ExitCode.Done;

    public static byte[] ToJson(IReadOnlyList<ListReport> reports, NodeKinds kinds) => Json.Document(
        json =>
        {
            json.Name("lists").BeginArray();
            foreach (var report in reports)
            {
                json.BeginObject()
                    .Name("name").String(report.List.ToString())
                    .Optional("digest", report.Digest?.ToString())
                    .Name("problems").Strings(report.Problems)
                    .Name("untried").Strings(report.Untried)
                    .Findings("findings", report.Findings)
                    .Name("nodes").BeginArray();
                foreach (var pull in report.Pulls)
                    foreach (var name in kinds.NamesOf(pull.Node)) One(json, pull, name);
                json.EndArray().EndObject();
            }
            json.EndArray();
        },
        Version);

    private static void One(GoJsonWriter json, SimulatedPull pull, string name) => json.BeginObject()
        .Name("name").String(name)
        .Name("platform").String(pull.Node.Platform.ToString())
        .Name("runtime").String(pull.Node.Runtime.ToString())
        .Name("verdict").String(pull.Verdict.Word())
        .Optional("digest", pull.Selected?.Digest.ToString())
        .Optional("imagePlatform", pull.ConfigPlatform?.ToString())
        .Optional("executable", pull.Executable)
        .Optional("error", pull.Selection?.Error)
        .Findings("findings", pull.Findings.Select(f => FindingWords.Of(f, pull.Node, name)))
        .EndObject();
}
