namespace Viaduct.Build.Dockerfiles;

/// <summary>Where what is found in an instruction is said to be: at itself, and for what ONBUILD brings along at the FROM.</summary>
internal readonly record struct CheckPlace(string Name, Position Position, LineRange Lines)
{
    public static CheckPlace Of(Instruction instruction) =>
        new(instruction.Name, instruction.Position, instruction.Written?.Lines ?? new LineRange(instruction.Position.Line, instruction.Position.Line));
}
