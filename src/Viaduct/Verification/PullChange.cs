using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>An image that nodes pull otherwise, or with another verdict, than before.</summary>
public sealed record PullChange(Reference Image, NodePair Nodes, SimulatedPull Before, SimulatedPull After)
{
    /// <summary>True when it worked, or might have, and surely does not any more.</summary>
    public bool Breaks => After.Verdict == Verdict.Failure && Before.Verdict != Verdict.Failure;

    /// <summary>What was not found before.</summary>
    public IReadOnlyList<Finding> NewFindings { get; } =
        [.. After.Findings.ExceptBy(Before.Findings.Select(f => Key(f, Before.Node)), f => Key(f, After.Node))];

    /// <summary>Null when nothing changes that anybody would see.</summary>
    public static PullChange? Of(Reference image, NodePair nodes, SimulatedPull before, SimulatedPull after) =>
        before.Verdict == after.Verdict && before.Selected?.Digest == after.Selected?.Digest ? null : new(image, nodes, before, after);

    private static (string, Verdict, string) Key(Finding finding, Node node) => (finding.Kind.Code, finding.Verdict, FindingWords.WithoutNode(finding, node));
}
