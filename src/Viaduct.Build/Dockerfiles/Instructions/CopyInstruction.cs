namespace Viaduct.Build.Dockerfiles;

internal sealed record CopyInstruction(Position Position, IReadOnlyList<Word> Sources, Word Destination) : Instruction("COPY", Position)
{
    /// <summary>A stage's name or number, or an image; null means the build context.</summary>
    public Word? From { get; init; }

    public Word? Chown { get; init; }

    public Word? Chmod { get; init; }
}
