namespace Viaduct.Simulation;

/// <summary>Equal for placements that say the same, whatever objects say it: pods of one template have a placement each.</summary>
internal sealed class PlacementComparer : IEqualityComparer<Placement>
{
    public static readonly PlacementComparer Instance = new();

    public bool Equals(Placement? x, Placement? y)
    {
        if (ReferenceEquals(x, y)) return true;
        return x is not null && y is not null
            && x.NodeName == y.NodeName && x.Os == y.Os && x.IsDaemon == y.IsDaemon && x.HostNetwork == y.HostNetwork
            && x.Unknowns.SequenceEqual(y.Unknowns) && x.Tolerations.SequenceEqual(y.Tolerations)
            && x.NodeSelector.Count == y.NodeSelector.Count && x.NodeSelector.All(p => y.NodeSelector.TryGetValue(p.Key, out var value) && value == p.Value)
            && SameTerms(x.Required, y.Required);
    }

    public int GetHashCode(Placement placement)
    {
        var hash = new HashCode();
        hash.Add(placement.NodeName);
        hash.Add(placement.Os);
        foreach (var toleration in placement.Tolerations) hash.Add(toleration);
        // In whatever order a dictionary yields them.
        var pairs = 0;
        foreach (var (key, value) in placement.NodeSelector) pairs ^= HashCode.Combine(key, value);
        hash.Add(pairs);
        foreach (var term in placement.Required ?? [])
            foreach (var requirement in term.Labels.Concat(term.Fields))
            {
                hash.Add(requirement.Key);
                foreach (var value in requirement.Values) hash.Add(value);
            }
        return hash.ToHashCode();
    }

    private static bool SameTerms(IReadOnlyList<NodeTerm>? x, IReadOnlyList<NodeTerm>? y)
    {
        if (x is null || y is null) return x is null && y is null;
        return x.Count == y.Count && x.Zip(y).All(p => Same(p.First.Labels, p.Second.Labels) && Same(p.First.Fields, p.Second.Fields));
    }

    private static bool Same(IReadOnlyList<NodeRequirement> x, IReadOnlyList<NodeRequirement> y) =>
        x.Count == y.Count && x.Zip(y).All(p => p.First.Key == p.Second.Key && p.First.Operator == p.Second.Operator && p.First.Values.SequenceEqual(p.Second.Values));
}
