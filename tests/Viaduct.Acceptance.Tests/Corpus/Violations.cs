using System.Text.Json;
using Viaduct.Build;
using Viaduct.Build.Dockerfiles;

namespace Viaduct.Acceptance.Tests.Corpus;

/// <summary>Violations of build checks, as BuildKit's <c>--call=check</c> tells them and as Viaduct finds them: <c>first-last rule</c>.</summary>
internal static class Violations
{
    public static IEnumerable<string> Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        // Of a build that error=true fails they are told, too; any other failure hides some.
        if (root.TryGetProperty("buildError", out var error)) Assert.StartsWith("lint violation found for rules: ", error.GetProperty("message").GetString());
        if (!root.TryGetProperty("warnings", out var warnings) || warnings.ValueKind == JsonValueKind.Null) return [];
        return [.. warnings.EnumerateArray().Select(w =>
        {
            var ranges = w.GetProperty("location").GetProperty("ranges").EnumerateArray().ToList();
            return $"{ranges.Min(r => Line(r, "start")):d3}-{ranges.Max(r => Line(r, "end")):d3} {w.GetProperty("ruleName").GetString()}";
        }).Order(StringComparer.Ordinal)];
    }

    public static async Task<IEnumerable<string>> OfAsync(BuildRequest request, CorpusContext context)
    {
        var result = await DockerfileCheck.OfAsync(request, async (image, platform, token) => CheckedBase.Of((await context.OpenAsync(image, platform, token)).Config) with { Platform = null }, all: true, default);
        return [.. result.Violations.Select(v => $"{v.Lines.First:d3}-{v.Lines.Last:d3} {v.Rule}").Order(StringComparer.Ordinal)];
    }

    /// <summary>Of all stages, because BuildKit looks for them all.</summary>
    public static IReadOnlyList<string> BasesOf(CorpusFile file, CorpusContext context)
    {
        var dockerfile = DockerfileReader.Read(file.Path);
        var graph = new StageGraph(dockerfile, file.Request(context.Context, context));
        var words = dockerfile.Stages.SelectMany(s => s.Instructions).SelectMany(i => i switch
        {
            CopyInstruction { From: { } from } => [from],
            OtherInstruction other => other.Froms.Where(f => !f.Text.Contains('$')),
            _ => Enumerable.Empty<Word>(),
        });
        return [.. dockerfile.Stages.Select(graph.BaseOf).Concat(words.Select(graph.FromOf)).Select(s => s.Image).OfType<string>().Distinct()];
    }

    private static int Line(JsonElement range, string end) => range.GetProperty(end).GetProperty("line").GetInt32();
}
