namespace Viaduct.Simulation;

/// <summary>Where a pod may run: what kube-scheduler's filters and kubelet's admission look at, apart from resources.</summary>
public sealed record Placement
{
    public static readonly Placement Anywhere = new();

    public string? NodeName { get; init; }

    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>requiredDuringSchedulingIgnoredDuringExecution: one term has to match. Null where there is none; an empty list matches nothing.</summary>
    public IReadOnlyList<NodeTerm>? Required { get; init; }

    public IReadOnlyList<Toleration> Tolerations { get; init; } = [];

    /// <summary><c>spec.os.name</c>.</summary>
    public string? Os { get; init; }

    /// <summary>A DaemonSet's pods tolerate more (pkg/controller/daemon/util, AddOrUpdateDaemonPodTolerations).</summary>
    public bool IsDaemon { get; init; }

    /// <summary><c>spec.hostNetwork</c>.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>What decides besides and is not known here: another scheduler, a runtime class, volumes, resources.</summary>
    public IReadOnlyList<string> Unknowns { get; init; } = [];
}
