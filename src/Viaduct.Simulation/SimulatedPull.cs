using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What one node would pull, and whether it could run it.</summary>
public sealed record SimulatedPull
{
    public required Node Node { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The image that the node takes: an entry of the list, or the single image itself; null when nothing matches.</summary>
    public Descriptor? Selected { get; init; }

    /// <summary>The platform that the image's config names.</summary>
    public Platform? ConfigPlatform { get; init; }

    /// <summary>The absolute path of what the entrypoint starts, symbolic links not followed; the bare word when it was not found.</summary>
    public string? Executable { get; init; }

    /// <summary>What the executable is; null when it was not found or not looked for.</summary>
    public BinaryFormat? Binary { get; init; }

    /// <summary>What was noticed, in the order in which a node runs into them; none when all is well.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>How the image was chosen; null when nothing could be read, and for a single image.</summary>
    public Selection? Selection { get; init; }
}
