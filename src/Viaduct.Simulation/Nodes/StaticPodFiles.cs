namespace Viaduct.Simulation;

/// <summary>Reads the static pods that entries name, each file or folder once, and gives them to their nodes.</summary>
internal static class StaticPodFiles
{
    /// <exception cref="Viaduct.Oci.ViaductException">As of <see cref="ObjectReader"/>.</exception>
    public static async Task<IReadOnlyList<Node>> AddAsync(IReadOnlyList<Node> nodes, IReadOnlyList<NodeDraft> drafts, List<string> remarks, CancellationToken cancellationToken)
    {
        if (drafts.All(d => d.StaticPods is null)) return nodes;
        var read = new Dictionary<string, IReadOnlyList<Pod>>(StringComparer.Ordinal);
        var result = new List<Node>(nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
            result.Add(drafts[i].StaticPods is { } place ? nodes[i] with { StaticPods = await PodsAsync(place) } : nodes[i]);
        return result;

        async Task<IReadOnlyList<Pod>> PodsAsync(StaticPodPlace place)
        {
            if (read.TryGetValue(place.Path, out var known)) return known;
            if (!Path.Exists(place.Path)) throw NodeErrors.NoFile(place.Where, place.Written, "it does not exist");
            var objects = await ObjectReader.ReadStaticPodsAsync(place.Path, cancellationToken);
            remarks.AddRange(objects.Remarks.Select(r => $"{r.Where}: {r.Text}"));
            return read[place.Path] = objects.Pods;
        }
    }
}
