using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Cli.Printing;

/// <summary>The causes of messages as JSON; the shape is <c>docs/schema/why.schema.json</c>.</summary>
internal static class WhyJson
{
    public static byte[] Write(IReadOnlyList<Diagnosis> all) => Json.Document(1, json =>
    {
        json.Name("messages").BeginArray();
        foreach (var diagnosis in all) One(json, diagnosis);
        json.EndArray();
    });

    private static void One(GoJsonWriter json, Diagnosis diagnosis)
    {
        var facts = diagnosis.Facts;
        json.BeginObject()
            .Name("name").String(diagnosis.Symptom.Name)
            .Name("line").String(diagnosis.Line)
            .Name("meaning").String(diagnosis.Symptom.Meaning)
            .Name("vague").Boolean(diagnosis.Symptom.IsVague)
            .Optional("image", facts.Image)
            .Optional("registry", facts.Host)
            .Optional("platform", facts.Platform);
        if (facts.Status is { } status) json.Name("status").Number(status);
        json.Name("notes").Strings(diagnosis.Notes).Name("causes").BeginArray();
        foreach (var likely in diagnosis.Causes)
            json.BeginObject()
                .Name("name").String(likely.Cause.Name)
                .Name("title").String(likely.Cause.Title)
                .Name("why").String(likely.Cause.Why)
                .Name("check").String(likely.Check)
                .Name("remedy").String(likely.Remedy)
                .EndObject();
        json.EndArray().EndObject();
    }
}
