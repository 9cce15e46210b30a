namespace Viaduct.Simulation;

/// <summary>Nodes that differ in nothing that decides.</summary>
/// <param name="Nodes">Never empty, in the order of the input.</param>
public sealed record NodeGroup(IReadOnlyList<Node> Nodes);
