namespace Viaduct.Attestations;

/// <summary>Something that an image was made of.</summary>
/// <param name="Uri">A package URL, a repository, an address.</param>
/// <param name="Digests"><c>algorithm:hex</c>; none when only the name is known, which may be something else tomorrow.</param>
public sealed record ProvenanceMaterial(string Uri, IReadOnlyList<string> Digests)
{
    public bool IsPinned => Digests.Count > 0;
}
