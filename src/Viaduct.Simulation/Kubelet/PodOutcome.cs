namespace Viaduct.Simulation;

/// <summary>What becomes of a pod on a node: the same for all pods of its kind on all nodes of the kind.</summary>
/// <param name="Containers">In kubelet's order; those that kubelet does not get to are waiting.</param>
public sealed record PodOutcome(AdmittedPod Pod, Node Node, Verdict Verdict, IReadOnlyList<ContainerOutcome> Containers)
{
    /// <summary>Of the pod as a whole, in the order of time, those of containers among them.</summary>
    public IReadOnlyList<PodEvent> Events { get; init; } = [];
}
