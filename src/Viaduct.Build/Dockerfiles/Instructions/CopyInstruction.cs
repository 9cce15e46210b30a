namespace Viaduct.Build.Dockerfiles;

/// <summary>COPY and ADD.</summary>
/// <param name="Sources">Without the heredocs.</param>
internal sealed record CopyInstruction(string Name, Position Position, IReadOnlyList<Word> Sources, Word Destination) : Instruction(Name, Position)
{
    /// <summary>A stage's name or number, or an image; null means the build context.</summary>
    public Word? From { get; init; }

    public Word? Chown { get; init; }

    public Word? Chmod { get; init; }

    /// <summary>Files whose content stands in the Dockerfile; they are copied after all other sources (BuildKit, dispatchCopy).</summary>
    public IReadOnlyList<Heredoc> Heredocs { get; init; } = [];

    /// <summary>Patterns of what is left out, relative to each source that is a folder.</summary>
    public IReadOnlyList<Word> Excludes { get; init; } = [];

    /// <summary>The folders above a source are copied with it.</summary>
    public bool Parents { get; init; }

    /// <summary>Archives of the context are unpacked.</summary>
    public bool Unpack { get; init; }

    /// <summary>Archives that are fetched are unpacked.</summary>
    public bool UnpackFetched { get; init; }

    /// <summary>Of the file behind the one source, which is an address then.</summary>
    public Word? Checksum { get; init; }
}
