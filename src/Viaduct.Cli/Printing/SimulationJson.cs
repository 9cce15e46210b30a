using Viaduct.Oci;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Printing;

/// <summary>What nodes would get as JSON; the shape is <c>docs/schema/simulation.schema.json</c>.</summary>
internal static class SimulationJson
{
    /// <summary>2: findings are objects with codes, and nodes have names.</summary>
    private const int Version = 2;

    public static byte[] Write(IReadOnlyList<ListReport> reports, NodeKinds kinds) => Json.Document(Version, json => Lists(json.Name("lists"), reports, kinds));

    /// <summary>An array of them, for documents that say more than this.</summary>
    public static void Lists(GoJsonWriter json, IReadOnlyList<ListReport> reports, NodeKinds kinds)
    {
        json.BeginArray();
        foreach (var report in reports)
        {
            json.BeginObject()
                .Name("name").String(report.List.ToString())
                .Optional("digest", report.Digest?.ToString())
                .Name("problems").Strings(report.Problems.Select(p => p.Text))
                .Name("untried").Strings(report.Untried)
                .Findings("findings", report.Findings)
                .Name("nodes").BeginArray();
            foreach (var (name, pull) in kinds.Spread(report.Pulls)) One(json, pull, name);
            json.EndArray().EndObject();
        }
        json.EndArray();
    }

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
