namespace Viaduct.Build.Dockerfiles;

/// <param name="Args">Names, each with its default when it has one.</param>
internal sealed record ArgInstruction(Position Position, IReadOnlyList<(string Name, Word? Default)> Args) : Instruction("ARG", Position);
