namespace Viaduct.Simulation;

/// <summary>What a host takes besides images for its very platform.</summary>
/// <param name="Architecture">The host's, in normal form.</param>
/// <param name="Lower">The variants below the host's that it runs too, best first; null is the architecture's plain form.</param>
/// <param name="Others">Other architectures that the host runs, best first, each with its variant.</param>
/// <param name="Source">Where the rule was read.</param>
internal sealed record FallbackRule(
    string Architecture,
    Func<string?, IEnumerable<string?>> Lower,
    IReadOnlyList<(string Architecture, string? Variant)> Others,
    string Source);
