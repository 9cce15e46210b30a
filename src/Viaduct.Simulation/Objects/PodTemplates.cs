namespace Viaduct.Simulation;

/// <summary>The kinds of Kubernetes that are pods or make some, and where their template stands.</summary>
internal static class PodTemplates
{
    private static readonly Dictionary<(string Group, string Kind), string[]> Templates = new()
    {
        [("", "Pod")] = [],
        [("", "PodTemplate")] = ["template"],
        [("", "ReplicationController")] = ["spec", "template"],
        [("apps", "Deployment")] = ["spec", "template"],
        [("apps", "ReplicaSet")] = ["spec", "template"],
        [("apps", "StatefulSet")] = ["spec", "template"],
        [("apps", "DaemonSet")] = ["spec", "template"],
        [("extensions", "Deployment")] = ["spec", "template"],
        [("extensions", "ReplicaSet")] = ["spec", "template"],
        [("extensions", "DaemonSet")] = ["spec", "template"],
        [("batch", "Job")] = ["spec", "template"],
        [("batch", "CronJob")] = ["spec", "jobTemplate", "spec", "template"],
    };

    /// <summary>The way from the object to what has a pod's spec; null where the kind is another.</summary>
    /// <param name="written">Without an apiVersion, which the API server insists on, the kind alone decides.</param>
    public static string[]? TemplateOf(string group, string kind, bool written) =>
        written ? Templates.GetValueOrDefault((group, kind)) : Templates.FirstOrDefault(t => t.Key.Kind == kind).Value;

    /// <summary>Whether nothing of an API group can hold a pod, so that it need not be searched.</summary>
    public static bool HoldsNone(string group) => group is "" or "apps" or "batch" or "extensions" or "autoscaling" or "policy" || group.EndsWith(".k8s.io", StringComparison.Ordinal);
}
