namespace Viaduct.Simulation;

/// <summary>The labels of nodes that pods ask for, and the values that they name: nodes that differ in others are alike to them.</summary>
internal sealed class PlacementKeys
{
    /// <summary>Labels, each with the values that are named; the name of a node is <see cref="NodeTerms.NameField"/>.</summary>
    public Dictionary<string, HashSet<string>> Named { get; } = new(StringComparer.Ordinal);

    /// <summary>Those that are compared as numbers, so that values that nobody names differ as well.</summary>
    public HashSet<string> Compared { get; } = new(StringComparer.Ordinal);

    public void Add(Placement placement)
    {
        foreach (var (key, value) in All(placement)) Values(key).Add(value);
        foreach (var requirement in Requirements(placement))
        {
            Values(requirement.Key);
            if (requirement.Operator is "Gt" or "Lt") Compared.Add(requirement.Key);
        }
    }

    /// <summary>Every label and value that a placement names.</summary>
    public static IEnumerable<(string Key, string Value)> All(Placement placement)
    {
        if (placement.NodeName is { } name) yield return (NodeTerms.NameField, name);
        foreach (var (key, value) in placement.NodeSelector) yield return (key, value);
        foreach (var requirement in Requirements(placement))
            foreach (var value in requirement.Values) yield return (requirement.Key, value);
    }

    public static IEnumerable<NodeRequirement> Requirements(Placement placement) => (placement.Required ?? []).SelectMany(t => t.Labels.Concat(t.Fields));

    public static string? Of(Node node, string key) => key == NodeTerms.NameField ? node.Name : node.Labels.TryGetValue(key, out var value) ? value : null;

    private HashSet<string> Values(string key) => Named.TryGetValue(key, out var values) ? values : Named[key] = new(StringComparer.Ordinal);
}
