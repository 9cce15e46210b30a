namespace Viaduct.Simulation;

/// <summary>What keeps kubelet from the containers that come after it.</summary>
/// <param name="State">What they show; null where they show that they wait for their turn.</param>
internal sealed record PodBlocker(ContainerState? State, string Why);
