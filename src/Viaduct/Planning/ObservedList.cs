namespace Viaduct.Planning;

/// <summary>What is known of one image's list before anything is done.</summary>
public sealed record ObservedList(ImageDefinition Image, IReadOnlyList<NamedState> Names);
