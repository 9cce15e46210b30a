namespace Viaduct.Build.Dockerfiles;

/// <summary>A whole Dockerfile as a tree.</summary>
/// <param name="Escape"><c>\</c>, or what <c># escape=</c> says.</param>
/// <param name="Globals">The ARGs before the first FROM.</param>
internal sealed record Dockerfile(string File, char Escape, IReadOnlyList<ArgInstruction> Globals, IReadOnlyList<Stage> Stages)
{
    // Whoever follows stages that stand on each other goes one call deeper at each.
    public const int MaxStages = 1_000;

    public CheckDirective? Check { get; init; }

    public static Dockerfile Parse(string file, string text)
    {
        var lines = new DockerfileLines(file, text);
        var parser = new InstructionParser(lines);
        var globals = new List<ArgInstruction>();
        var stages = new List<Stage>();
        List<Instruction>? current = null;
        while (lines.Next() is { } line)
        {
            var instruction = parser.Parse(line);
            if (instruction is FromInstruction from)
            {
                if (stages.Count == MaxStages) throw BuildErrors.TooManyStages(from.Position, MaxStages);
                stages.Add(new Stage(stages.Count, from, current = []));
            }
            else if (current is not null)
                current.Add(instruction);
            else if (instruction is ArgInstruction arg)
                globals.Add(arg);
            else
                throw BuildErrors.Syntax(instruction.Position, $"{instruction.Name} stands before the first FROM", "Only ARG may stand there.");
        }
        if (stages.Count == 0) throw BuildErrors.NoInstructions(file, globals.Count > 0);
        return new Dockerfile(file, lines.Directives.Escape, globals, stages) { Check = lines.Directives.Check };
    }
}
