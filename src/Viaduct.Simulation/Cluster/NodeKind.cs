using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Nodes on which every pod fares alike once it is there.</summary>
/// <param name="Node">One of them.</param>
/// <param name="Base">Equal for kinds that differ only in the images that are there.</param>
/// <param name="Images">The images that are there and that pods ask for.</param>
internal sealed record NodeKind(Node Node, int Base, IReadOnlyList<NodeImage> Images)
{
    private readonly string? _sandbox = SandboxOf(Node);

    /// <summary>The repository of the pause image, which is pulled for every pod; null where it is the runtime's own.</summary>
    public static string? SandboxOf(Node node) =>
        node.Kubelet?.SandboxImage is { } sandbox && Reference.TryParse(sandbox, out var name) ? name.Name : null;

    /// <summary>
    /// What decides of the kind for pods of these repositories: images of others on the nodes have nothing to do with them. In real clusters
    /// hardly two nodes have the same images.
    /// </summary>
    public string KeyFor(IReadOnlySet<string> repositories) => Images.Count == 0 ? $"{Base}:" : $"{Base}:{string.Join(',', Of(repositories).Select(i => i.Number))}";

    public Node NodeFor(IReadOnlySet<string> repositories) =>
        Node.Kubelet is { Images.Count: > 0 } kubelet ? Node with { Kubelet = kubelet with { Images = [.. Of(repositories).Select(i => i.Image)] } } : Node;

    private IEnumerable<NodeImage> Of(IReadOnlySet<string> repositories) =>
        Images.Where(i => i.Repository == _sandbox || repositories.Contains(i.Repository)).DistinctBy(i => i.Number).OrderBy(i => i.Number);
}
