using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>What one build of one platform is asked for.</summary>
public sealed record BuildRequest
{
    /// <summary>The image's name in the set, for messages.</summary>
    public required string Name { get; init; }

    public required string Context { get; init; }

    /// <summary>The Dockerfile's path; it may lie outside the context.</summary>
    public required string Dockerfile { get; init; }

    public required Platform Platform { get; init; }

    public required IBaseImages Bases { get; init; }

    /// <summary>Build arguments by name; ARCH, BASE and those of viaduct.yaml are in it, BuildKit's TARGET… the builder adds.</summary>
    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The stage to stop at; the last one when null.</summary>
    public string? Target { get; init; }

    /// <summary>SOURCE_DATE_EPOCH in seconds: the mtime of every entry and the image's created time.</summary>
    public long Epoch { get; init; }

    /// <summary>Compressor threads; the bytes are the same for any number.</summary>
    public int Threads { get; init; } = 1;
}
