using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>Finds what of the needed stages only an engine does.</summary>
internal static class ForeignFeatures
{
    /// <param name="instructions">Of a stage, with those that its base brings along as far as they are known.</param>
    /// <param name="triggers">Those that images bring along, by the stage's number.</param>
    public static IReadOnlyList<Word> Of(
        StageGraph graph, Func<Stage, IReadOnlyList<Instruction>> instructions, IReadOnlyDictionary<int, IReadOnlyList<Instruction>>? triggers = null)
    {
        var found = new List<Word>();
        foreach (var stage in graph.Needed)
        {
            // What an image's COPY copies from is not known before the image is there.
            foreach (var trigger in triggers?.GetValueOrDefault(stage.Index) ?? [])
                if (trigger is CopyInstruction { From: { } source }) found.Add(source with { Text = "ONBUILD COPY --from of a base" });
            found.AddRange(instructions(stage).Select(i => i.Foreign).OfType<Word>());
        }
        // Only an address behind a variable is left; and variables of what an engine builds are that engine's business.
        return found.Count == 0 && graph.Needed.SelectMany(instructions).Any(HidesAnAddress) ? Expanded(graph, instructions) : found;
    }

    private static bool HidesAnAddress(Instruction instruction) =>
        instruction is CopyInstruction { Name: "ADD" } add && add.Sources.Any(s => s.Text.Contains('$'));

    private static List<Word> Expanded(StageGraph graph, Func<Stage, IReadOnlyList<Instruction>> instructions)
    {
        var found = new List<Word>();
        var environments = new Dictionary<int, (IReadOnlyList<string> Environment, bool Open)>();
        foreach (var stage in graph.Order)
        {
            var origin = graph.BaseOf(stage);
            var (environment, open) = origin.Stage is { } parent ? environments[parent.Index] : origin.Image is null ? ([DefaultPath.Variable], false) : ([], true);
            var steps = StageSteps.Of(instructions(stage), graph, environment, open, found.Add);
            environments[stage.Index] = (EnvironmentVariables.After(environment, steps), open);
        }
        return found;
    }
}
