namespace Viaduct.Simulation;

/// <summary>A nodeSelectorTerm: all of it has to match; an empty one matches nothing.</summary>
public sealed record NodeTerm(IReadOnlyList<NodeRequirement> Labels, IReadOnlyList<NodeRequirement> Fields);
