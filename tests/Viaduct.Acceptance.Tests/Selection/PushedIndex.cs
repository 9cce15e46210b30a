using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>A random list in the registry.</summary>
/// <remarks>Places are positions from the outer list inwards, "3" or "3/0". No image is in two lists, so a digest tells the list and the place.</remarks>
internal sealed class PushedIndex(RandomIndex index, Reference name)
{
    private readonly Dictionary<string, string> _places = [];
    private readonly HashSet<string> _lists = [];

    public RandomIndex Index => index;

    public Reference Name => name;

    /// <summary>Where an image stands, by the digest of its manifest or of its config; null for what is no image of this list.</summary>
    public string? PlaceOf(string digest) => _places.GetValueOrDefault(digest);

    /// <summary>The first of the places that hold the same image.</summary>
    public string First(string place) =>
        !place.Contains('/', StringComparison.Ordinal) && index.Entries[int.Parse(place, CultureInfo.InvariantCulture)].Again is { } again
            ? again.ToString(CultureInfo.InvariantCulture)
            : place;

    public bool HasNested(string digest) => _lists.Contains(digest);

    public void Add(string place, Digest digest) => _places.Add(digest.ToString(), place);

    public void AddNested(Digest digest) => _lists.Add(digest.ToString());
}
