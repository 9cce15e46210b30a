using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>What a node of a platform would get when it pulls a list.</summary>
public sealed record NodePull(string Image, Reference List, SimulatedPull Pull);
