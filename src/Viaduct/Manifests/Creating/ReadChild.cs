using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>What a name stood for when it was read.</summary>
/// <param name="Name">The name, complete; of a local source the list's repository.</param>
/// <param name="Images">One for an image; of a list those that were wanted, in its order.</param>
/// <param name="Attestations">Of these images.</param>
internal sealed record ReadChild(Reference Name, IReadOnlyList<StoredManifest> Images, IReadOnlyList<StoredAttestation> Attestations)
{
    /// <summary>The local source that all of it came from; null for a registry.</summary>
    public string? Source { get; init; }

    /// <summary>True when it was taken from the local list, unasked what the name stands for today.</summary>
    public bool IsPresent { get; init; }

    /// <summary>What was declared for its one image, whose platform is completed with it already.</summary>
    public Platform? Declared { get; init; }

    /// <summary>What a list has besides images and their attestations, as SBOMs: docker's store has no place for it.</summary>
    public IReadOnlyList<Descriptor> Artifacts { get; init; } = [];

    /// <summary>Of the list that is appended to: its annotations, and its images give way to others for their platforms.</summary>
    public IReadOnlyDictionary<string, string>? Appended { get; init; }
}
