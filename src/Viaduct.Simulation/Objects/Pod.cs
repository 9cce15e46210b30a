namespace Viaduct.Simulation;

/// <summary>A pod, or the pod template of what makes pods (k8s.io/api/core/v1, PodSpec).</summary>
/// <param name="Namespace"><c>default</c> where none is written.</param>
/// <param name="Name">Of the pod, or of what makes it: <c>web</c>.</param>
/// <param name="Where"><c>file:line:column</c> of the object.</param>
public sealed record Pod(string Namespace, string Name, string Where)
{
    /// <summary><c>Pod</c>, <c>Deployment</c>, <c>CronJob</c>, …</summary>
    public string Kind { get; init; } = "Pod";

    /// <summary>Read from a node's manifest folder: no admission, no secrets of the cluster, bound to its node.</summary>
    public bool IsStatic { get; init; }

    /// <summary>In kubelet's order: image volumes, init containers, containers, ephemeral ones.</summary>
    public IReadOnlyList<PodContainer> Containers { get; init; } = [];

    /// <summary>Names as written, empty ones left out.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];

    /// <summary>As written; null where it is left to the default.</summary>
    public string? ServiceAccount { get; init; }

    public Placement Placement { get; init; } = Placement.Anywhere;

    /// <summary><c>Deployment/web</c> for people; <c>pod/foo</c> is how one asks for a pod.</summary>
    public override string ToString() => Kind == "Pod" ? $"pod/{Name}" : $"{Kind.ToLowerInvariant()}/{Name}";
}
