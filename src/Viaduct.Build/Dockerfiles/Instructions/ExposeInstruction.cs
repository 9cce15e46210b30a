namespace Viaduct.Build.Dockerfiles;

internal sealed record ExposeInstruction(Position Position, IReadOnlyList<Word> Ports) : Instruction("EXPOSE", Position);
