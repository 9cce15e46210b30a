namespace Viaduct.Simulation;

/// <summary>What the API server refuses about images (pkg/apis/core/validation/validation.go, validateContainerCommon and validatePullPolicy).</summary>
internal static class PodValidation
{
    /// <summary>Null where it is not one of the three.</summary>
    public static PullPolicy? PolicyOf(string? written) => written switch
    {
        "Always" => PullPolicy.Always,
        "IfNotPresent" => PullPolicy.IfNotPresent,
        "Never" => PullPolicy.Never,
        _ => null,
    };

    /// <summary>Null where nothing is refused. All faults of a pod are told at once, as an aggregate.</summary>
    public static string? Of(Pod pod)
    {
        var faults = new List<string>();
        var counts = new Dictionary<string, int>();
        foreach (var container in pod.Containers)
        {
            if (ListOf(container.Role) is not { } list) continue;
            var position = counts[list] = counts.GetValueOrDefault(list, -1) + 1;
            var path = $"{Spec(pod.Kind)}.{list}[{position}]";
            if (container.Image.Length == 0) faults.Add($"{path}.image: Required value");
            else if (container.Image.Trim().Length != container.Image.Length) faults.Add($"{path}.image: Invalid value: {GoText.Quote(container.Image)}: must not have leading or trailing whitespace");
            if (container.PullPolicy is { Length: > 0 } written && PolicyOf(written) is null)
                faults.Add($"{path}.imagePullPolicy: Unsupported value: {GoText.Quote(written)}: supported values: \"Always\", \"IfNotPresent\", \"Never\"");
        }
        return faults.Count switch
        {
            0 => null,
            1 => $"{pod.Kind} \"{pod.Name}\" is invalid: {faults[0]}",
            _ => $"{pod.Kind} \"{pod.Name}\" is invalid: [{string.Join(", ", faults)}]",
        };
    }

    /// <summary>The list of a role in a pod's spec; null of an image volume, whose place among the volumes is not known here.</summary>
    public static string? ListOf(ContainerRole role) => role switch
    {
        ContainerRole.Init or ContainerRole.Sidecar => "initContainers",
        ContainerRole.App => "containers",
        ContainerRole.Ephemeral => "ephemeralContainers",
        _ => null,
    };

    private static string Spec(string kind) => kind switch { "Pod" => "spec", "CronJob" => "spec.jobTemplate.spec.template.spec", _ => "spec.template.spec" };
}
