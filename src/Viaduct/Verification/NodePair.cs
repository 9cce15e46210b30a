using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Nodes that are the same today and the same tomorrow.</summary>
/// <param name="Names">All of them; the first is the one that is simulated.</param>
/// <param name="Label">The name of one node, else "linux/arm64 x12".</param>
public sealed record NodePair(Node Before, Node After, IReadOnlyList<string> Names, string Label);
