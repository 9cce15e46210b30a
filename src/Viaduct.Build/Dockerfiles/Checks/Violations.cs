namespace Viaduct.Build.Dockerfiles;

/// <summary>Collects what the rules that are wanted find.</summary>
internal sealed class Violations(CheckOptions options)
{
    private readonly List<Violation> _found = [];

    public IReadOnlyList<Violation> Found => [.. _found.OrderBy(v => v.Lines.First)];

    public bool Wants(CheckRule rule) => options.Wants(rule);

    public void Add(CheckRule rule, string message, Instruction instruction) =>
        Add(rule, message, instruction.Position, instruction.Written?.Lines ?? new LineRange(instruction.Position.Line, instruction.Position.Line));

    public void Add(CheckRule rule, string message, Position position, LineRange lines)
    {
        if (options.Wants(rule)) _found.Add(new Violation(rule, message, position, lines));
    }
}
