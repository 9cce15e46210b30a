using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Preparation;

namespace Viaduct;

/// <summary>One image of the set: what is built, for which platforms, and under which names.</summary>
public sealed record ImageDefinition
{
    /// <summary>The folder's name, or <c>name:</c> of image.yaml; a repository path below the registry's prefix.</summary>
    public required string Name { get; init; }

    /// <summary>The build context.</summary>
    public required string Context { get; init; }

    public required string Dockerfile { get; init; }

    /// <summary>The platforms that are worked on: all declared ones, or those that the command line left.</summary>
    public required IReadOnlyList<Platform> Platforms { get; init; }

    /// <summary>The platforms that the list has to have.</summary>
    public required IReadOnlyList<Platform> Declared { get; init; }

    /// <summary>A list is only made when none of its platforms was left out.</summary>
    public bool IsWhole => Platforms.Count == Declared.Count;

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The tags in the files; <see cref="Tags"/> are others when the command line names some. A Dockerfile may name its base by either.</summary>
    public required IReadOnlyList<string> DeclaredTags { get; init; }

    /// <summary>The names of the children, the first one first in everything; never empty.</summary>
    public required IReadOnlyList<NameTemplate> Children { get; init; }

    public BuilderChoice Builder { get; init; } = BuilderChoice.Auto;

    public EngineOptions Engine { get; init; } = EngineOptions.None;

    public ImageForm Form { get; init; } = ImageForm.Default;

    /// <summary>What is attached to it, whoever builds it.</summary>
    public AttestationKinds Attest { get; init; }

    /// <summary>Something stands beside it in every list: as <see cref="Attest"/> says, or as buildx' own words do.</summary>
    public bool HasAttestations => Attest != AttestationKinds.None || Engine.HasAttestations;

    public string? Target { get; init; }

    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What is run before the image is built, once for each platform, in this order.</summary>
    public IReadOnlyList<PrepareStep> Prepare { get; init; } = [];

    /// <summary>What is prepared for other images of the set, as full paths: wherever it lies, this one does not see it.</summary>
    public IReadOnlyList<string> PreparedElsewhere { get; init; } = [];

    /// <summary>Where it was defined, for messages.</summary>
    public required string Where { get; init; }
}
