using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>A local list to make or to add to.</summary>
/// <param name="List">With a tag or a digest: docker's <c>latest</c> is there already.</param>
public sealed record CreateRequest(Reference List, IReadOnlyList<ChildName> Children)
{
    /// <summary><c>--amend</c>: the list may exist, and what is in it stays, also images whose tags have moved.</summary>
    public bool Amend { get; init; }

    /// <summary><c>--refresh</c>: images that are in the list already are read again, and what annotate has made of those that are the same stays. The list may exist.</summary>
    public bool Refresh { get; init; }

    /// <summary><c>--replace</c>: what was in the list before is gone.</summary>
    public bool Replace { get; init; }

    /// <summary><c>--append</c>: begins with the images of the list that the registry has under the name, if it has one; a new image takes the place of that list's for its platform.</summary>
    public bool Append { get; init; }

    /// <summary><c>--platform</c>: of children that are lists, these images only; all when empty.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    public bool DropAttestations { get; init; }

    /// <summary>Annotations of the index, added to those that it has.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
