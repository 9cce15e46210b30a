namespace Viaduct.Build.Dockerfiles;

internal sealed record FromInstruction(Position Position, Word Base, Word? Platform, string? StageName) : Instruction("FROM", Position)
{
    /// <summary>The word AS and the name behind it in their case.</summary>
    public (string As, string Name)? Naming { get; init; }
}
