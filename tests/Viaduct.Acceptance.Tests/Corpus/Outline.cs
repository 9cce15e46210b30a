using System.Text.Json;
using Viaduct.Build;
using Viaduct.Build.Dockerfiles;

namespace Viaduct.Acceptance.Tests.Corpus;

/// <summary>The stages and arguments of a Dockerfile, as BuildKit's <c>--call</c> tells them and as Viaduct reads them.</summary>
internal static class Outline
{
    private static readonly HashSet<string> Predefined =
        ["BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE"];

    /// <summary><c>name: base</c> of each stage, the base as it is written.</summary>
    public static IEnumerable<string> Stages(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("targets").EnumerateArray().Select(t => $"{Text(t, "name")}: {Text(t, "base")}")];
    }

    public static IEnumerable<string> Stages(Dockerfile dockerfile) => dockerfile.Stages.Select(s =>
    {
        var parent = dockerfile.Stages.LastOrDefault(p => p.Index < s.Index && p.From.StageName == s.From.Base.Text.ToLowerInvariant());
        return $"{s.From.StageName}: {parent?.From.StageName ?? s.From.Base.Text}";
    });

    /// <summary><c>name=value</c> of each argument that the target and the stages below it declare or use.</summary>
    public static SortedSet<string> Arguments(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("args", out var args)
            ? new SortedSet<string>(args.EnumerateArray().Select(a => $"{Text(a, "name")}={Text(a, "value")}"), StringComparer.Ordinal)
            : [];
    }

    /// <summary>Of the stages: what each says after its ARG, which a word put behind it is asked for.</summary>
    public static async Task<SortedSet<string>> ArgumentsAsync(StageGraph graph, CorpusContext context)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var stage in graph.Order)
        {
            var from = graph.BaseOf(stage);
            var environment = from.Image is { } image ? (await context.OpenAsync(image, from.Platform, default)).Config.Container.Env : [];
            var asked = graph.InstructionsOf(stage).SelectMany(i => i is ArgInstruction arg ? [i, .. arg.Args.Where(a => a.Default is not null || !Predefined.Contains(a.Name)).Select(a => Question(a.Name, arg.Position))] : (Instruction[])[i]).ToList();
            foreach (var step in StageSteps.Of(asked, graph, environment, open: false, _ => { }))
                if (step.Instruction is TextInstruction { Name: "?" } question)
                    found.Add($"{question.Text.Text[2..^1]}={step.Words[0].Text}");
        }
        return found;
    }

    private static TextInstruction Question(string name, Position position) => new("?", position, new Word($"${{{name}}}", position));

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
