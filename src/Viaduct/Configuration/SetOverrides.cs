using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Configuration;

/// <summary>What the command line or the environment says over the files.</summary>
public sealed record SetOverrides
{
    public string? Registry { get; init; }

    /// <summary>What said it, for messages and explanations: an option or a variable of the environment.</summary>
    public string RegistryFrom { get; init; } = "--registry";

    /// <summary>Replaces every image's tags when not empty.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public string TagsFrom { get; init; } = "--tag";

    /// <summary>Narrows every image to these of its platforms when not empty.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    public string PlatformsFrom { get; init; } = "--platform";

    /// <summary>What is attached to every image, whatever the files say; null when nothing is said.</summary>
    public AttestationKinds? Attestations { get; init; }

    public string AttestationsFrom { get; init; } = "--attest";
}
