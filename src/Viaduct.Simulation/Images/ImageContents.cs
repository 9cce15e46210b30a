using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>One image as every node finds it.</summary>
internal sealed record ImageContents
{
    public ImageConfig? Config { get; init; }

    public StartedProgram? Program { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
