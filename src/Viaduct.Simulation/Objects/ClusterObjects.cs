namespace Viaduct.Simulation;

/// <summary>What was read of a cluster.</summary>
public sealed record ClusterObjects
{
    public IReadOnlyList<Pod> Pods { get; init; } = [];
    public IReadOnlyList<PullSecret> Secrets { get; init; } = [];
    public IReadOnlyList<ServiceAccount> ServiceAccounts { get; init; } = [];

    /// <summary>Node objects that stood among the others.</summary>
    public IReadOnlyList<Node> Nodes { get; init; } = [];

    public IReadOnlyList<ObjectRemark> Remarks { get; init; } = [];
}
