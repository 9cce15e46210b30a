using Viaduct.Oci;

namespace Viaduct.Attestations;

/// <summary>What is looked at and what is demanded.</summary>
public sealed record ReviewOptions
{
    /// <summary>What signatures are checked with; null when they are only shown.</summary>
    public SignatureKey? Key { get; init; }

    /// <summary>The images of a list that are looked at; all when empty.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    /// <summary>What there must be of each image.</summary>
    public IReadOnlyList<ClaimKind> Required { get; init; } = [];

    /// <summary>The kind of claims whose predicates are kept, because they are to be shown.</summary>
    public ClaimKind? Keep { get; init; }
}
