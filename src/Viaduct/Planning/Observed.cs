namespace Viaduct.Planning;

/// <summary>All that a plan is made from: contexts and registry as they were found.</summary>
public sealed record Observed(IReadOnlyList<ObservedChild> Children, IReadOnlyList<ObservedList> Lists);
