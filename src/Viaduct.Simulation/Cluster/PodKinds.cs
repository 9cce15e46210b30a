using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Finds the kinds of pods.</summary>
internal sealed class PodKinds(bool withTokens)
{
    private readonly Dictionary<AdmittedPod, PodKind> _kinds = new(new PodKindComparer(withTokens));

    public PodKind Of(AdmittedPod pod) => _kinds.TryGetValue(pod, out var kind) ? kind : _kinds[pod] = new PodKind(RepositoriesOf(pod));

    private static HashSet<string> RepositoriesOf(AdmittedPod pod)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var container in pod.Containers)
            if (container.Policy != PullPolicy.Always)
            {
                // An image ID, which is looked up as it is; or a name.
                if (container.Container.Image.StartsWith("sha256:", StringComparison.Ordinal)) found.Add(container.Container.Image);
                else if (Reference.TryParse(container.Container.Image, out var image)) found.Add(image.Name);
            }
        return found;
    }
}
