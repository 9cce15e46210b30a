using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>nodeSelector and required node affinity: both have to match (k8s.io/component-helpers/scheduling/corev1/nodeaffinity).</summary>
internal static class NodeTerms
{
    /// <summary>The only field of nodes that matchFields knows.</summary>
    public const string NameField = "metadata.name";

    public static bool Match(Placement placement, Node node)
    {
        if (placement.NodeSelector.Count == 0 && placement.Required is null) return true;
        var labels = node.Labels;
        foreach (var (key, value) in placement.NodeSelector)
            if (!labels.TryGetValue(key, out var has) || has != value) return false;
        if (placement.Required is not { } terms) return true;
        foreach (var term in terms)
            if (Matches(term, node, labels)) return true;
        return false;
    }

    private static bool Matches(NodeTerm term, Node node, IReadOnlyDictionary<string, string> labels)
    {
        // nodeaffinity.go, isEmptyNodeSelectorTerm: it selects no objects.
        if (term.Labels.Count == 0 && term.Fields.Count == 0) return false;
        foreach (var label in term.Labels)
            if (!Matches(label, labels.TryGetValue(label.Key, out var value) ? value : null)) return false;
        foreach (var field in term.Fields)
            if (!Matches(field, field.Key == NameField ? node.Name : null)) return false;
        return true;
    }

    /// <param name="value">Null where the node has no such label. apimachinery pkg/labels/selector.go, Requirement.Matches.</param>
    private static bool Matches(NodeRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.Contains(value),
        "NotIn" => value is null || !requirement.Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(requirement, value) > 0,
        "Lt" => Compare(requirement, value) < 0,
        _ => false,
    };

    /// <summary>Null, which is neither greater nor less, where one of them is no whole number of 64 bits as strconv.ParseInt reads it.</summary>
    private static int? Compare(NodeRequirement requirement, string? value) =>
        requirement.Values is [var bound] && Number(bound) is { } right && Number(value) is { } left ? left.CompareTo(right) : null;

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
