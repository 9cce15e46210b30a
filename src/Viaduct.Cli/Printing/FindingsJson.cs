using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Cli.Printing;

/// <summary>Findings as JSON: what a script decides by, and the sentence for people.</summary>
internal static class FindingsJson
{
    public static GoJsonWriter Findings(this GoJsonWriter json, string name, IEnumerable<Finding> findings)
    {
        json.Name(name).BeginArray();
        foreach (var finding in findings)
            json.BeginObject()
                .Name("code").String(finding.Kind.Code)
                .Name("name").String(finding.Kind.Name)
                .Name("verdict").String(finding.Verdict.Word())
                .Name("text").String(finding.Text)
                .EndObject();
        return json.EndArray();
    }
}
