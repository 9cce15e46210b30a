namespace Viaduct.Simulation;

/// <summary>The admission plugin ServiceAccount (plugin/pkg/admission/serviceaccount/admission.go), as far as it decides about pulls.</summary>
internal sealed class ServiceAccountAdmission
{
    private const string EnforceMountable = "kubernetes.io/enforce-mountable-secrets";

    private readonly Dictionary<(string, string), ServiceAccount> _accounts = [];
    private readonly HashSet<string> _spaces = [];

    public ServiceAccountAdmission(ClusterObjects objects)
    {
        foreach (var account in objects.ServiceAccounts)
        {
            _accounts[(account.Namespace, account.Name)] = account;
            _spaces.Add(account.Namespace);
        }
    }

    /// <returns>The account (null where it was not read), why the pod is forbidden (null where it is not), the names of the secrets that it gets, and what is to be said.</returns>
    public (ServiceAccount? Account, string? Refusal, IReadOnlyList<string> Secrets, List<string> Remarks) Admit(Pod pod)
    {
        var name = pod.ServiceAccount is { Length: > 0 } written ? written : "default";
        if (Find(pod.Namespace, name) is not { } account)
            return _spaces.Contains(pod.Namespace)
                ? (null, Forbidden(pod, $"error looking up service account {pod.Namespace}/{name}: serviceaccount \"{name}\" not found"), pod.ImagePullSecrets,
                    [$"there is no ServiceAccount {pod.Namespace}/{name} among those that were read; give its manifest too if the cluster has it"])
                : (null, null, pod.ImagePullSecrets,
                    [$"no ServiceAccount of the namespace {pod.Namespace} was read, so that nobody knows which pull secrets {name} gives; give its manifest too"]);
        // All or nothing: what a pod has of its own is not added to.
        if (pod.ImagePullSecrets.Count == 0) return (account, null, account.ImagePullSecrets, []);
        var left = account.ImagePullSecrets.Except(pod.ImagePullSecrets, StringComparer.Ordinal).ToList();
        List<string> remarks = left.Count == 0 ? []
            : [$"{pod} has imagePullSecrets of its own, so it gets none of the ServiceAccount {name}: {string.Join(", ", left)} {(left.Count == 1 ? "is" : "are")} not used"];
        return (account, NotMountable(pod, account), pod.ImagePullSecrets, remarks);
    }

    /// <summary>The controller manager makes one of the name default in every namespace.</summary>
    private ServiceAccount? Find(string space, string name) =>
        _accounts.TryGetValue((space, name), out var account) ? account : name == "default" ? new ServiceAccount(space, name, "") : null;

    private static string? NotMountable(Pod pod, ServiceAccount account)
    {
        // strconv.ParseBool, as the plugin reads it.
        if (!account.Annotations.TryGetValue(EnforceMountable, out var text) || text is not ("1" or "t" or "T" or "true" or "TRUE" or "True")) return null;
        for (var i = 0; i < pod.ImagePullSecrets.Count; i++)
            if (!account.ImagePullSecrets.Contains(pod.ImagePullSecrets[i], StringComparer.Ordinal))
                return Forbidden(pod, $"imagePullSecrets[{i}].name=\"{pod.ImagePullSecrets[i]}\" is not allowed because service account {account.Name} does not reference that imagePullSecret");
        return null;
    }

    /// <summary>What makes pods gets a name for each from the API server, and it is refused before it has one.</summary>
    private static string Forbidden(Pod pod, string why) => $"pods \"{pod.Name}{(pod.Kind == "Pod" ? "" : "-")}\" is forbidden: {why}";
}
