using Viaduct.Oci;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Printing;

/// <summary>What changes with the nodes as JSON; the shape is <c>docs/schema/whatif.schema.json</c>.</summary>
internal static class UpgradeJson
{
    public static byte[] Write(UpgradeReport report) => Json.Document(version: 1, json =>
    {
        json.Name("images").Number(report.Images).Name("nodes").Number(report.Nodes.Count).Name("breaks").Boolean(report.Breaks).Name("changes").BeginArray();
        foreach (var change in report.Changes)
        {
            json.BeginObject().Name("image").String(change.Image.ToString()).Name("nodes").Strings(change.Nodes.Names).Name("breaks").Boolean(change.Breaks);
            Pull(json, "before", change.Before);
            Pull(json, "after", change.After);
            json.Findings("newFindings", change.NewFindings).EndObject();
        }
        json.EndArray().Name("failing").BeginArray();
        foreach (var (image, nodes) in report.Failing) json.BeginObject().Name("image").String(image.ToString()).Name("nodes").Strings(nodes).EndObject();
        json.EndArray()
            .Name("problems").Strings(report.Unseen.SelectMany(u => u.Problems.Select(p => $"{u.List}: {p.Text}")))
            .Findings("findings", report.Unseen.SelectMany(u => u.Findings))
            .Name("onlyBefore").Strings(report.Nodes.OnlyBefore)
            .Name("onlyAfter").Strings(report.Nodes.OnlyAfter);
    });

    private static void Pull(GoJsonWriter json, string name, SimulatedPull pull) => json.Name(name).BeginObject()
        .Name("platform").String(pull.Node.Platform.ToString())
        .Name("runtime").String(pull.Node.Runtime.ToString())
        .Name("verdict").String(pull.Verdict.Word())
        .Optional("digest", pull.Selected?.Digest.ToString())
        .Optional("entryPlatform", pull.Selection?.Chosen?.Platform?.ToString())
        .Optional("imagePlatform", pull.ConfigPlatform?.ToString())
        .Optional("error", pull.Selection?.Error)
        .EndObject();
}
