using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What a registry says to a pull, and the image where it gives one.</summary>
public sealed record ImageAnswer
{
    /// <summary>What decides the words of a failed pull; null where it is not known what the registry would say.</summary>
    public RegistryAnswer? Answer { get; init; }

    /// <summary>Why it is not known: the login is not shown to anybody. Null where it is.</summary>
    public string? Unknown { get; init; }

    /// <summary>Where the image is read from; null where the pull fails, and where what it is made of is not known.</summary>
    public IContentSource? Source { get; init; }

    /// <summary>The manifest that the name points at.</summary>
    public RawManifest? Manifest { get; init; }

    /// <summary>
    /// The platforms of the image are known and its programs are not: it has one for its platform in their stead. A pod's own command must not be looked for in it.
    /// </summary>
    public bool ProgramsAreUnknown { get; init; }
}
