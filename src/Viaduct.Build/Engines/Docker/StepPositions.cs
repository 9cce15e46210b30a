using System.Globalization;
using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build.Engines;

/// <summary>Finds the instruction that an engine means by <c>[build 2/4] RUN make</c>: the plain Engine API tells no line.</summary>
internal sealed class StepPositions(Dockerfile dockerfile, StageGraph graph, bool classic)
{
    /// <summary>Null when no instruction is surely meant.</summary>
    public Position? Find(string step)
    {
        if (!step.StartsWith('[') || step.IndexOf("] ", StringComparison.Ordinal) is not (> 0 and var end)) return null;
        var words = step[1..end].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [.., var count] || count.Split('/') is not [var at, var of]) return null;
        if (!int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var total)) return null;
        var instructions = classic ? All() : StageOf(words[..^1]) is { } stage ? Counted(stage) : [];
        // Counted from the end, because FROM is a step of its own only for some bases.
        var index = classic ? number - 1 : instructions.Count - 1 - (total - number);
        if (index < 0 || index >= instructions.Count) return null;
        var name = step[(end + 2)..].Split(' ', 2)[0];
        return instructions[index].Name.Equals(name, StringComparison.OrdinalIgnoreCase) ? instructions[index].Position : null;
    }

    private Stage? StageOf(string[] words)
    {
        // [linux/arm64 build 2/4] when there are several platforms.
        var name = words.LastOrDefault(w => !w.Contains('/'));
        if (name is null) return dockerfile.Stages.Count == 1 ? dockerfile.Stages[0] : graph.Target;
        return graph.Needed.LastOrDefault(s => s.From.StageName == name)
            ?? (name.StartsWith("stage-", StringComparison.Ordinal) && int.TryParse(name[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < dockerfile.Stages.Count ? dockerfile.Stages[index] : null);
    }

    /// <summary>What BuildKit numbers (dockerfile2llb, dispatchState.cmdTotal).</summary>
    private List<Instruction> Counted(Stage stage) => [.. graph.InstructionsOf(stage).Where(i => i.Name is "RUN" or "COPY" or "ADD" or "WORKDIR")];

    /// <summary>The classic builder numbers all that there is.</summary>
    private List<Instruction> All() => [.. dockerfile.Globals, .. dockerfile.Stages.SelectMany(s => s.Instructions.Prepend(s.From))];
}
