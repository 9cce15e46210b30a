namespace Viaduct.Oci.Layers;

/// <summary>A member of a tar archive, without its content.</summary>
/// <param name="Path">
/// Relative, parts separated by <c>/</c>, without <c>.</c>, <c>..</c>, a leading or a trailing slash; empty for the root directory alone.
/// Bytes of a name that are not UTF-8 appear as lone surrogates U+DC80 to U+DCFF and are written back as those bytes.
/// </param>
public sealed record TarEntry(string Path, TarEntryKind Kind)
{
    /// <summary>The twelve permission bits.</summary>
    public int Mode { get; init; } = Kind switch
    {
        TarEntryKind.Directory => 0b111_101_101,
        TarEntryKind.SymbolicLink => 0b111_111_111,
        _ => 0b110_100_100,
    };

    /// <summary>From 0 to 4294967295.</summary>
    public long Uid { get; init; }

    /// <inheritdoc cref="Uid"/>
    public long Gid { get; init; }

    /// <summary>The number of bytes of a file's content; 0 for all else.</summary>
    public long Size { get; init; }

    /// <summary>For a symbolic link its text, as it stands; for a hard link the path of an earlier entry, in the form of <see cref="Path"/>.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Whole seconds since 1970.</summary>
    public long ModificationTime { get; init; }

    /// <summary>Extended attributes by their full names, such as <c>security.capability</c>.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> ExtendedAttributes { get; init; } = None;

    public int DeviceMajor { get; init; }

    public int DeviceMinor { get; init; }

    internal static readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> None = new Dictionary<string, ReadOnlyMemory<byte>>();
}
