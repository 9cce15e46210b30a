using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>What <c>manifest inspect</c> is to print.</summary>
/// <param name="ListText">As typed; null when one name was given.</param>
/// <param name="ImageText">As typed: an image of that list, or a local list, or a name in a registry, in this order.</param>
public sealed record InspectRequest(string? ListText, string ImageText)
{
    public bool Verbose { get; init; }

    /// <summary>The exact bytes whose digest is the name's, and no newline after them.</summary>
    public bool Raw { get; init; }

    /// <summary>Entries of a list for these platforms only; all when empty.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    /// <summary>What the name was found to hold: a registry is asked for this, wherever the tag has gone since.</summary>
    public Digest? Found { get; init; }
}
