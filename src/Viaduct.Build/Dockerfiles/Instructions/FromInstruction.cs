namespace Viaduct.Build.Dockerfiles;

internal sealed record FromInstruction(Position Position, Word Base, Word? Platform, string? StageName) : Instruction("FROM", Position);
