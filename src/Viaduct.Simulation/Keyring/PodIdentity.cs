namespace Viaduct.Simulation;

/// <summary>Whose pull it is: what admission made of the pod.</summary>
/// <param name="Secrets">The pull secrets, those that exist, in their order.</param>
/// <param name="Missing">The names of those that do not.</param>
public sealed record PodIdentity(string Namespace, IReadOnlyList<PullSecret> Secrets, IReadOnlyList<string> Missing, ServiceAccount? ServiceAccount)
{
    /// <summary>What the cluster may have and nobody read: <c>the pull secret regcred</c>, <c>the ServiceAccount web</c>.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>The pod has a ServiceAccount, as every pod of the API has one, and its manifest was not read.</summary>
    public bool AccountIsUnread { get; init; }
}
