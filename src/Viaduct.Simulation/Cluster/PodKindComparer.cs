namespace Viaduct.Simulation;

/// <summary>Equal for pods that fare alike on every node they come to: all that kubelet looks at, and nothing of where they may run.</summary>
/// <param name="withTokens">Whether a node has a provider that is asked with a token of the pod's service account: only then does that matter.</param>
internal sealed class PodKindComparer(bool withTokens) : IEqualityComparer<AdmittedPod>
{
    public bool Equals(AdmittedPod? x, AdmittedPod? y)
    {
        if (ReferenceEquals(x, y)) return true;
        return x is not null && y is not null
            && x.Refusal == y.Refusal && x.Pod.IsStatic == y.Pod.IsStatic && x.Remarks.SequenceEqual(y.Remarks)
            && SameIdentity(x.Identity, y.Identity)
            && x.Containers.Count == y.Containers.Count && x.Containers.Zip(y.Containers).All(p => Same(p.First, p.Second));
    }

    public int GetHashCode(AdmittedPod pod)
    {
        var hash = new HashCode();
        foreach (var container in pod.Containers)
        {
            hash.Add(container.Container.Name);
            hash.Add(container.Container.Image);
            hash.Add(container.Policy);
        }
        foreach (var secret in pod.Identity.Secrets) hash.Add(secret.Name);
        return hash.ToHashCode();
    }

    // A secret is an object of its namespace: of one cluster, the same secret is the same object.
    private bool SameIdentity(PodIdentity x, PodIdentity y) =>
        x.Secrets.Count == y.Secrets.Count && x.Secrets.Zip(y.Secrets).All(p => ReferenceEquals(p.First, p.Second))
        && x.Missing.SequenceEqual(y.Missing) && x.Unread.SequenceEqual(y.Unread) && (x.Missing.Count == 0 || x.Namespace == y.Namespace)
        && (!withTokens || (x.Namespace == y.Namespace && x.ServiceAccount?.Name == y.ServiceAccount?.Name));

    private static bool Same(AdmittedContainer x, AdmittedContainer y) =>
        x.Policy == y.Policy && x.PolicyWhy == y.PolicyWhy && x.Container.Name == y.Container.Name && x.Container.Image == y.Container.Image
        && x.Container.Role == y.Container.Role && SameCommand(x.Container.Command, y.Container.Command);

    private static bool SameCommand(IReadOnlyList<string>? x, IReadOnlyList<string>? y) => x is null || y is null ? x is null && y is null : x.SequenceEqual(y);
}
