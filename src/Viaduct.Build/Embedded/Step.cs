using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>An instruction with its words expanded, in the order in which it was written: names and values alternate, a destination is last.</summary>
internal sealed record Step(Instruction Instruction, IReadOnlyList<Expanded> Words, Expanded? Chown = null, Expanded? Chmod = null)
{
    /// <summary>The heredocs of a COPY by name; they are not among the words.</summary>
    public IReadOnlyList<(string Name, Expanded Text)> Documents { get; init; } = [];

    public IReadOnlyList<Expanded> Excludes { get; init; } = [];

    /// <summary>Of what the one source, an address, gives.</summary>
    public Expanded? Checksum { get; init; }

    /// <summary>The words two by two.</summary>
    public IEnumerable<(Expanded Key, Expanded Value)> Pairs => Words.Chunk(2).Select(p => (p[0], p[1]));
}
