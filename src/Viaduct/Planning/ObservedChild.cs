using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Planning;

/// <summary>What is known of one child before anything is done.</summary>
/// <param name="Key">The key of its inputs as they are now.</param>
/// <param name="Names">Its tags and where they point.</param>
/// <param name="Current">The image that was built from exactly these inputs and lies in the registry; null when there is none.</param>
/// <param name="Home">A repository that holds <paramref name="Current"/>.</param>
public sealed record ObservedChild(ImageDefinition Image, Platform Platform, Digest Key, IReadOnlyList<NamedState> Names, Descriptor? Current, Reference? Home)
{
    /// <summary>The entries of the attestations that <see cref="Current"/> has in every list.</summary>
    public IReadOnlyList<Descriptor> Attestations { get; init; } = [];

    /// <summary>What it is built on and no longer stands on; null where that is not why it is stale.</summary>
    public MovedBase? MovedBase { get; init; }

    /// <summary>Who builds it when it has to be built.</summary>
    public BuilderName Builder { get; init; } = BuilderName.Embedded;

    public ChildId Id => new(Image.Name, Platform);
}
