using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Nodes that are the same today and the same tomorrow.</summary>
/// <param name="Names">All of them; the first is the one that is simulated.</param>
public sealed record NodePair(Node Before, Node After, IReadOnlyList<string> Names)
{
    /// <summary>The name of one node, else "linux/arm64 x12".</summary>
    public string Label => Names.Count == 1 ? Names[0] : $"{Before.Platform} x{Names.Count}";
}
