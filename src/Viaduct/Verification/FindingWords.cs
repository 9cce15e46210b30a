using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Findings begin with the node that they were made for; others of its kind have the same.</summary>
public static class FindingWords
{
    /// <summary>What remains when the node is not named: equal for equal findings on different nodes.</summary>
    public static string WithoutNode(Finding finding, Node node) =>
        finding.Text.StartsWith(Prefix(node.Name), StringComparison.Ordinal) ? finding.Text[Prefix(node.Name).Length..] : finding.Text;

    /// <summary>The same of whichever node.</summary>
    public static Finding OfAny(Finding finding, Node node) =>
        finding.Text.StartsWith(Prefix(node.Name), StringComparison.Ordinal) ? finding with { Text = $"a node {WithoutNode(finding, node)}" } : finding;

    /// <summary>The same of another node of the kind.</summary>
    public static Finding Of(Finding finding, Node node, string name) =>
        finding.Text.StartsWith(Prefix(node.Name), StringComparison.Ordinal) ? finding with { Text = Prefix(name) + WithoutNode(finding, node) } : finding;

    /// <summary>As the record of a job has it.</summary>
    public static string WithCode(Finding finding) => $"{finding.Text} [{finding.Kind.Code}]";

    private static string Prefix(string name) => $"node {name} ";
}
