namespace Viaduct.Build.Dockerfiles;

/// <summary>An instruction of the language that the embedded builder does not execute.</summary>
/// <param name="Froms">The stages and images that <c>--mount=from=</c> and <c>--from</c> name: they have to exist before.</param>
internal sealed record OtherInstruction(string Name, Position Position, IReadOnlyList<Word> Froms) : Instruction(Name, Position)
{
    /// <summary>The values of <c>--mount</c>, whose variables are replaced.</summary>
    public IReadOnlyList<Word> MountValues { get; init; } = [];
}
