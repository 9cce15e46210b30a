using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Reports;

/// <summary>A cluster's report as people read it: labels, rows and causes, which every form of it shares.</summary>
public sealed class ClusterView
{
    /// <summary>More pods than this are shown by their groups.</summary>
    private const int MaxPods = 60;

    private readonly bool _namesNamespaces;

    public ClusterView(ClusterReport report)
    {
        Report = report;
        var many = report.NodeGroups.Where(g => g.Nodes.Count > 1).Select(g => g.Nodes[0]).ToList();
        NodeLabels = [.. report.NodeGroups.Select(g => KindLabels.Of(g.Nodes[0], g.Nodes.Count, many))];
        var pods = report.PodGroups.SelectMany(g => g.Pods);
        _namesNamespaces = pods.Select(p => p.Namespace).Distinct(StringComparer.Ordinal).Take(2).Count() > 1;
        PodCount = report.PodGroups.Sum(g => g.Pods.Count);
        Rows = PodCount <= MaxPods
            ? [.. report.PodGroups.SelectMany(g => g.Pods.Select(p => (LabelOf(p), g)))]
            : [.. report.PodGroups.Select(g => (LabelOf(g), g))];
        Causes = new ClusterCauses(this).Collect();
    }

    public ClusterReport Report { get; }

    /// <summary>One for each group of nodes: the name of a node that is alone, else <c>linux/arm64 x12</c>.</summary>
    public IReadOnlyList<string> NodeLabels { get; }

    public int PodCount { get; }

    public int NodeCount => Report.NodeGroups.Sum(g => g.Nodes.Count);

    /// <summary>Pods, or groups of them where they are many.</summary>
    public IReadOnlyList<(string Label, PodGroup Pods)> Rows { get; }

    /// <summary>Failures first, then what is not known, then warnings.</summary>
    public IReadOnlyList<ClusterCause> Causes { get; }

    /// <summary><c>deployment/web</c>; with its namespace where there are several.</summary>
    public string LabelOf(Pod pod) => _namesNamespaces ? $"{pod.Namespace}/{pod}" : pod.ToString();

    public string LabelOf(PodGroup pods) => pods.Pods.Count == 1 ? LabelOf(pods.Pods[0]) : $"{LabelOf(pods.Pods[0])} and {pods.Pods.Count - 1} more";

    /// <summary>One line for the end of a report.</summary>
    public string Summary()
    {
        var all = $"{Many(PodCount, "pod")} on {Many(NodeCount, "node")}";
        string[] parts =
        [
            .. Part(Count(Verdict.Failure), "fails", "fail"),
            .. Part(Report.PodGroups.Where(ClusterWords.IsPending).Sum(g => g.Pods.Count), "comes to no node", "come to no node"),
            .. Part(Count(Verdict.Unknown), "is not known", "are not known"),
            .. Part(Count(Verdict.Warning), "has a warning", "have a warning"),
        ];
        return parts.Length == 0 ? $"{all}: all start" : $"{all}: {string.Join(", ", parts)}";
    }

    /// <summary>The pods whose worst cell is that.</summary>
    private int Count(Verdict verdict) => Report.PodGroups.Where(g => Worst(g) == verdict).Sum(g => g.Pods.Count);

    private static Verdict Worst(PodGroup pods) => Verdicts.Worst(pods.Cells.Select(ClusterWords.VerdictOf).OfType<Verdict>());

    private static string[] Part(int count, string one, string several) => count == 0 ? [] : [$"{count} {(count == 1 ? one : several)}"];

    private static string Many(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
