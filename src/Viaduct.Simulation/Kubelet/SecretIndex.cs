namespace Viaduct.Simulation;

/// <summary>The secrets of a cluster by namespace and name; of two the last counts.</summary>
internal sealed class SecretIndex
{
    private readonly Dictionary<(string, string), PullSecret> _byName = [];
    private readonly Dictionary<string, string> _elsewhere = [];
    private readonly HashSet<string> _spaces = [];

    public SecretIndex(IEnumerable<PullSecret> secrets)
    {
        foreach (var secret in secrets)
        {
            _byName[(secret.Namespace, secret.Name)] = secret;
            _elsewhere[secret.Name] = secret.Namespace;
            _spaces.Add(secret.Namespace);
        }
    }

    public PullSecret? Find(string space, string name) => _byName.GetValueOrDefault((space, name));

    /// <summary>
    /// Only a pod's own namespace is looked at (pkg/kubelet/kubelet_pods.go, getPullSecretsForPod). Manifests are mostly kept without their secrets: a
    /// name is missing where other pull secrets of the namespace were read or the name exists in another one, and else nobody knows.
    /// </summary>
    public PodIdentity Identify(string space, IReadOnlyList<string> names, ServiceAccount? account, List<string> remarks)
    {
        if (names.Count == 0) return new(space, [], [], account);
        var (found, missing, unread) = (new List<PullSecret>(), new List<string>(), new List<string>());
        foreach (var name in names.Where(n => n.Length > 0))
        {
            if (Find(space, name) is { } secret)
            {
                found.Add(secret);
            }
            else if (_elsewhere.TryGetValue(name, out var other))
            {
                missing.Add(name);
                remarks.Add($"the secret {name} is not in the namespace {space}: there is one in {other}, which no pod of {space} may use; create it in {space} as well");
            }
            else
            {
                if (_spaces.Contains(space)) missing.Add(name);
                else unread.Add($"the pull secret {name}");
                remarks.Add(_spaces.Contains(space)
                    ? $"there is no secret {space}/{name} among those that were read: kubelet says so and pulls without it; give its manifest too if the cluster has it"
                    : $"no pull secret of the namespace {space} was read, so that nobody knows what {name} opens; give its manifest too");
            }
        }
        return new(space, found, missing, account) { Unread = unread };
    }
}
