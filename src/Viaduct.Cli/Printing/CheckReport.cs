using System.Text;
using Viaduct.Checking;

namespace Viaduct.Cli.Printing;

/// <summary>What build checks found, for people and as JSON; the shape of the latter is <c>docs/schema/check.schema.json</c>.</summary>
internal static class CheckReport
{
    public static byte[] ToJson(IReadOnlyList<ImageCheck> checks) => Json.Document(version: 1, json =>
    {
        json.Name("images").BeginArray();
        foreach (var check in checks)
        {
            json.BeginObject().Name("name").String(check.Image).Name("error").Boolean(check.IsError).Name("violations").BeginArray();
            foreach (var violation in check.Violations)
                json.BeginObject()
                    .Name("rule").String(violation.Rule.Name)
                    .Name("message").String(violation.Message)
                    .Name("remedy").String(violation.Rule.Remedy)
                    .Name("file").String(violation.Position.File)
                    .Name("line").Number(violation.Position.Line)
                    .Name("column").Number(violation.Position.Column)
                    .Name("firstLine").Number(violation.Lines.First)
                    .Name("lastLine").Number(violation.Lines.Last)
                    .EndObject();
            json.EndArray().EndObject();
        }
        json.EndArray();
    });

    /// <summary>Each once, though several images may have one Dockerfile; below them what to do, a line for each rule.</summary>
    public static string ToText(IReadOnlyList<ImageCheck> checks)
    {
        var found = checks.SelectMany(c => c.Violations).Distinct().ToList();
        var text = new StringBuilder();
        foreach (var violation in found) text.Append($"{violation.Position}: {violation.Rule}: {violation.Message}\n");
        foreach (var rule in found.Select(v => v.Rule).Distinct()) text.Append($"{rule}: {rule.Remedy}\n");
        var images = Count(checks.Count, "image");
        var failing = checks.Count(c => c.IsError && c.Violations.Count > 0);
        text.Append(found.Count == 0 ? $"no check fails: {images}\n" : $"{Count(found.Count, "violation")} in {checks.Count(c => c.Violations.Count > 0)} of {images}\n");
        if (failing > 0) text.Append($"{Count(failing, "image")} cannot be built: error=true\n");
        return text.ToString();
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
