using Viaduct.Configuration;
using Viaduct.Signing;

namespace Viaduct;

/// <summary>What is wanted: the folder of images with its viaduct.yaml. The images come in an order in which every base is before what is built from it.</summary>
public sealed record ImageSet
{
    /// <summary>The folder of viaduct.yaml.</summary>
    public required string Root { get; init; }

    public required IReadOnlyList<ImageDefinition> Images { get; init; }

    /// <summary>Registry and perhaps a path (<c>registry.example/team</c>); null stands for the embedded registry.</summary>
    public string? Registry { get; init; }

    /// <summary>What signs the lists after they were pushed; null when nothing does.</summary>
    public SignStep? Sign { get; init; }

    /// <summary>Every value that holds and where it came from, for <c>plan --explain</c>.</summary>
    public IReadOnlyList<ExplainedValue> Explained { get; init; } = [];

    public ImageDefinition? Find(string name) => Images.FirstOrDefault(i => i.Name == name);
}
