using Viaduct.Oci;

namespace Viaduct.Lists;

/// <summary>A list to make from images that lie in registries.</summary>
public sealed record AssembleRequest
{
    /// <summary>The tags of the list, all in one repository; the first one is pushed first.</summary>
    public required IReadOnlyList<Reference> Targets { get; init; }

    public required IReadOnlyList<ChildRequest> Children { get; init; }

    /// <summary>Platforms that the list has to have; none are demanded when empty.</summary>
    public IReadOnlyList<Platform> Declared { get; init; } = [];

    /// <summary>Whether a tag that exists with another digest may be moved. When it may, no request is spent on looking.</summary>
    public bool MayMoveTags { get; init; }

    /// <summary>Takes a declared platform although the image's config says another, as <c>docker manifest annotate</c> does.</summary>
    public bool TrustDeclared { get; init; }

    /// <summary>Leaves out the attestations of children that are indexes.</summary>
    public bool DropAttestations { get; init; }
}
