namespace Viaduct.Build.Dockerfiles;

/// <summary>ENV or LABEL.</summary>
internal sealed record PairsInstruction(string Name, Position Position, IReadOnlyList<(Word Key, Word Value)> Pairs) : Instruction(Name, Position)
{
    /// <summary>A blank parts the name from the value.</summary>
    public bool IsLegacy { get; init; }
}
