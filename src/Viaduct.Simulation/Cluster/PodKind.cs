namespace Viaduct.Simulation;

/// <summary>Pods to which kubelet does the same; compared by being the same object.</summary>
internal sealed class PodKind(IReadOnlySet<string> repositories)
{
    /// <summary>Of the images that may be on the node already: those with policy Always are pulled whatever is there.</summary>
    public IReadOnlySet<string> Repositories => repositories;
}
