namespace Viaduct.Simulation;

/// <summary>Whether a pod tolerates a taint: by what is written for it, and by what is added to every pod and to a DaemonSet's.</summary>
internal static class Tolerations
{
    // plugin/pkg/admission/defaulttolerationseconds: every pod stays for five minutes on a node that is lost.
    private static readonly Taint[] _everybody =
        [new("node.kubernetes.io/not-ready", "", "NoExecute"), new("node.kubernetes.io/unreachable", "", "NoExecute")];

    // pkg/controller/daemon/util/daemonset_util.go, AddOrUpdateDaemonPodTolerations.
    private static readonly Taint[] _daemons =
    [
        new("node.kubernetes.io/disk-pressure", "", "NoSchedule"), new("node.kubernetes.io/memory-pressure", "", "NoSchedule"),
        new("node.kubernetes.io/pid-pressure", "", "NoSchedule"), new("node.kubernetes.io/unschedulable", "", "NoSchedule"),
    ];

    private static readonly Taint[] _networks = [new("node.kubernetes.io/network-unavailable", "", "NoSchedule")];

    public static bool Tolerate(Placement placement, Taint taint)
    {
        foreach (var toleration in placement.Tolerations)
            if (Does(toleration, taint)) return true;
        return IsOne(_everybody, taint) || (placement.IsDaemon && (IsOne(_daemons, taint) || (placement.HostNetwork && IsOne(_networks, taint))));
    }

    /// <summary>k8s.io/api/core/v1/toleration.go, ToleratesTaint. Lt and Gt are behind a gate that is off (KEP-5471): the API server refuses them.</summary>
    private static bool Does(Toleration toleration, Taint taint) =>
        (toleration.Effect.Length == 0 || toleration.Effect == taint.Effect)
        && (toleration.Key.Length == 0 || toleration.Key == taint.Key)
        && toleration.Operator switch
        {
            "" or "Equal" => toleration.Value == taint.Value,
            "Exists" => true,
            _ => false,
        };

    // By key and effect, with whatever value: they are added with Exists.
    private static bool IsOne(Taint[] given, Taint taint)
    {
        foreach (var one in given)
            if (one.Key == taint.Key && one.Effect == taint.Effect) return true;
        return false;
    }
}
