namespace Viaduct.Simulation;

/// <summary>Finds out how pods come to the columns; pods that come to the same ones in the same way share what is found.</summary>
internal sealed class Arrivals(NodeColumns columns)
{
    private readonly Dictionary<Placement, Arrival[]> _byPlacement = new(PlacementComparer.Instance);
    private readonly HashSet<Arrival[]> _known = new(new SameWay());

    /// <returns>For each column one; the same object for pods that come to nodes in the same way, though perhaps to other nodes of a column.</returns>
    public IReadOnlyList<Arrival> Of(Pod pod)
    {
        if (!pod.IsStatic && _byPlacement.TryGetValue(pod.Placement, out var ways)) return ways;
        var found = Find(pod);
        if (!_known.TryGetValue(found, out ways)) _known.Add(ways = found);
        if (!pod.IsStatic) _byPlacement[pod.Placement] = ways;
        return ways;
    }

    /// <summary>As <see cref="Of"/>, with nodes that this very pod comes to.</summary>
    public IReadOnlyList<Arrival> Own(Pod pod) => columns.Particular(pod).Count == 0 ? Of(pod) : Find(pod);

    /// <summary>Why the pod fits no node, and how many there are of each reason.</summary>
    public IEnumerable<(string Why, int Nodes)> Reasons(Pod pod)
    {
        var particular = columns.Particular(pod);
        foreach (var node in particular) yield return (Scheduling.Of(pod, node).Why, 1);
        foreach (var column in columns.All)
            if (column.Nodes.Find(n => !particular.Contains(n)) is { } typical)
                yield return (Scheduling.Of(pod, typical).Why, particular.Count == 0 ? column.Nodes.Count : column.Nodes.Count(n => !particular.Contains(n)));
    }

    private Arrival[] Find(Pod pod)
    {
        var particular = columns.Particular(pod);
        var ways = new Arrival[columns.All.Count];
        for (var i = 0; i < ways.Length; i++)
        {
            var nodes = columns.All[i].Nodes;
            ways[i] = Come(pod, (particular.Count == 0 ? null : nodes.Find(n => !particular.Contains(n))) ?? nodes[0]);
        }
        foreach (var node in particular)
        {
            ref var way = ref ways[columns.NumberOf(node)];
            var own = Come(pod, node);
            if (own.Rank < way.Rank) way = own;
        }
        return ways;
    }

    private static Arrival Come(Pod pod, Node node)
    {
        var landing = Scheduling.Of(pod, node);
        return new Arrival(landing, landing.Verdict == Verdict.Failure ? null : KubeletAdmission.Refuses(pod, node), node);
    }

    /// <summary>Whatever node of a column it is.</summary>
    private sealed class SameWay : IEqualityComparer<Arrival[]>
    {
        public bool Equals(Arrival[]? x, Arrival[]? y)
        {
            for (var i = 0; i < x!.Length; i++)
                if (!x[i].IsAs(y![i])) return false;
            return true;
        }

        public int GetHashCode(Arrival[] ways)
        {
            var hash = new HashCode();
            foreach (var way in ways)
            {
                hash.Add(way.Landing);
                hash.Add(way.Refusal is null);
            }
            return hash.ToHashCode();
        }
    }
}
