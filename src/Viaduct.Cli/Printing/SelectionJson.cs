using Viaduct.Oci;
using Viaduct.Reports;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Printing;

/// <summary>Choices as JSON; the shape is <c>docs/schema/selection.schema.json</c>.</summary>
internal static class SelectionJson
{
    public static byte[] Write(SelectionReport report) => Json.Document(version: 1, json =>
    {
        json.Name("name").String(report.Name)
            .Name("digest").String(report.List.Digest.ToString())
            .Name("isList").Boolean(report.List.IsList)
            .Name("notes").Strings(report.Notes)
            .Name("selections").BeginArray();
        foreach (var selection in report.Selections) One(json, selection);
        json.EndArray();
    });

    private static void One(GoJsonWriter json, Selection selection)
    {
        json.BeginObject()
            .Name("runtime").String(selection.Runtime.ToString())
            .Name("platform").String(selection.Platform.ToString())
            .Name("asHost").Boolean(selection.AsHost)
            .Name("runsPods").Boolean(selection.Runtime.RunsPods)
            .Name("rule").String(selection.Runtime.Rule)
            .Optional("observed", selection.Runtime.Observed);
        Entry(json, "chosen", selection.Chosen);
        Positions(json, "path", selection.Path);
        Positions(json, "fetched", selection.Fetched);
        Entry(json, "runnerUp", selection.RunnerUp);
        json.Optional("error", selection.Error).Name("entries").BeginArray();
        foreach (var entry in selection.Entries)
            json.BeginObject()
                .Name("position").Number(entry.Position)
                .Name("digest").String(entry.Entry.Digest.ToString())
                .Optional("platform", entry.Entry.Platform?.ToString())
                .Name("reason").String(entry.Reason is { } reason ? SelectionText.Word(reason) : "taken")
                .Name("because").String(entry.Because)
                .EndObject();
        json.EndArray().EndObject();
    }

    private static void Positions(GoJsonWriter json, string name, IReadOnlyList<int> positions)
    {
        json.Name(name).BeginArray();
        foreach (var position in positions) json.Number(position);
        json.EndArray();
    }

    private static void Entry(GoJsonWriter json, string name, Descriptor? entry)
    {
        if (entry is not null)
            json.Name(name).BeginObject().Name("digest").String(entry.Digest.ToString()).Name("mediaType").String(entry.MediaType).Optional("platform", entry.Platform?.ToString()).EndObject();
    }
}
