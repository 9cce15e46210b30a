using System.Runtime.InteropServices;

namespace Viaduct.Simulation;

/// <summary>Finds the kinds of nodes.</summary>
/// <param name="repositories">What pods may find on a node: images of others are as good as not there.</param>
internal sealed class NodeKinds(IReadOnlySet<string> repositories)
{
    private readonly Dictionary<Node, int> _bases = new(Node.SameKubelet);
    private readonly Dictionary<string, int> _images = new(StringComparer.Ordinal);
    private readonly Dictionary<KubeletSetup, (KubeletSetup Bare, IReadOnlyList<NodeImage> Images)> _setups = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(int, string), NodeKind> _kinds = [];

    public NodeKind Of(Node node)
    {
        var (bare, images) = node.Kubelet is { } kubelet ? Split(kubelet) : (null, []);
        var number = Number(_bases, ReferenceEquals(bare, node.Kubelet) ? node : node with { Kubelet = bare });
        var key = (number, string.Join(',', images.Select(i => $"{i.Repository}={i.Number}")));
        return _kinds.TryGetValue(key, out var kind) ? kind : _kinds[key] = new NodeKind(node, number, images);
    }

    /// <summary>The setup without images, and those that pods ask for.</summary>
    private (KubeletSetup Bare, IReadOnlyList<NodeImage> Images) Split(KubeletSetup kubelet)
    {
        if (kubelet.Images.Count == 0) return (kubelet, []);
        if (_setups.TryGetValue(kubelet, out var known)) return known;
        var images = kubelet.Images.GroupBy(i => (object?)i.Id ?? i).SelectMany(c => Asked([.. c]))
            .OrderBy(i => i.Repository, StringComparer.Ordinal).ThenBy(i => i.Number);
        return _setups[kubelet] = (kubelet with { Images = [] }, [.. images]);
    }

    /// <param name="content">Images of the same content.</param>
    private IEnumerable<NodeImage> Asked(List<PresentImage> content)
    {
        var names = content.SelectMany(i => i.Names).Select(PresentImage.RepositoryOf).Append(content[0].Id ?? "").Where(repositories.Contains).Distinct().ToList();
        return names.SelectMany(n => content.Select(i => new NodeImage(n, Number(_images, TextOf(i)), i)));
    }

    private static string TextOf(PresentImage image) => $"{string.Join(' ', image.Names)}|{image.Id}|{image.Origin}|{image.PulledWith}";

    private static int Number<T>(Dictionary<T, int> numbers, T key) where T : notnull
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out var exists);
        return exists ? number : number = numbers.Count;
    }
}
