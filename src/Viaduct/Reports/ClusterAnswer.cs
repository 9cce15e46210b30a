using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>A pod on a kind of nodes, to be explained.</summary>
/// <param name="Group">The kind of pods that it is of.</param>
/// <param name="Node">The node that was asked for, or the first of its group.</param>
/// <param name="Alike">How many others of the group have the same.</param>
public sealed record ClusterAnswer(Pod Pod, PodGroup Group, string Node, int Alike, ClusterCell Cell)
{
    /// <summary>None where there is no such pod, or no such node.</summary>
    public static IReadOnlyList<ClusterAnswer> To(ClusterQuestion question, ClusterReport report) =>
    [
        .. report.PodGroups.SelectMany(g => g.Pods.Where(question.Asks).SelectMany(p => report.NodeGroups.Index().Where(n => question.Asks(n.Item))
            .Select(n => new ClusterAnswer(p, g, question.Node ?? n.Item.Nodes[0].Name, n.Item.Nodes.Count - 1, CellOf(p, n.Item, g.Cells[n.Index], question.Node))))),
    ];

    /// <summary>Pods of a group may be bound each to its own node of a group of nodes.</summary>
    private static ClusterCell CellOf(Pod pod, NodeGroup nodes, ClusterCell cell, string? name) =>
        cell.Outcome is not null && !pod.IsStatic && nodes.Nodes.FirstOrDefault(n => n.Name == name) is { } node && Scheduling.Of(pod, node) is { Verdict: Verdict.Failure } landing
            ? new ClusterCell(landing, null) : cell;
}
