namespace Viaduct.Simulation;

/// <summary>Nodes of a kind to which pods come alike, but for those that pods ask for by name.</summary>
internal sealed record NodeColumn(NodeKind Kind, List<Node> Nodes);
