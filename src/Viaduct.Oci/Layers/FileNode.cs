namespace Viaduct.Oci.Layers;

/// <summary>A file, directory or link as a container sees it.</summary>
public sealed record FileNode
{
    /// <summary>The real place: every symbolic link on the way is resolved.</summary>
    public required string Path { get; init; }

    /// <summary>What the archive said, under <see cref="Path"/>. A hard link appears as what it links to.</summary>
    public required TarEntry Entry { get; init; }

    /// <summary>The layer that holds the content, 0 being the lowest.</summary>
    public required int LayerIndex { get; init; }

    /// <summary>The SHA-256 of a file's content; empty for all else.</summary>
    public Digest Content { get; init; }

    /// <summary>What an observer made of the content when the layer was scanned; null where nobody looked.</summary>
    public object? Seen { get; init; }

    /// <summary>The number of the entry in its layer, from 1; 0 for a directory that no layer describes.</summary>
    internal int Ordinal { get; init; }
}
