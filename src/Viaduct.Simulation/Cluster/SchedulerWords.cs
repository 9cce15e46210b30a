using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>The event of a pod that fits no node (pkg/scheduler/framework/types.go, FitError; framework/preemption/preemption.go).</summary>
internal static class SchedulerWords
{
    // Seen in events of clusters: 1.33 names the taint, 1.34 does not.
    private static readonly KubernetesVersion _hidesTaints = new(1, 34);

    /// <param name="nodes">Why it fits none, and on how many nodes.</param>
    public static PodEvent FailedScheduling(IEnumerable<(string Why, int Nodes)> nodes, KubernetesVersion version)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (why, count) in nodes)
        {
            var words = why.StartsWith("node(s) had untolerated taint", StringComparison.Ordinal) ? TaintsOf(version, why) : why;
            counts[words] = counts.GetValueOrDefault(words) + count;
        }
        var all = counts.Values.Sum();
        // Lines are sorted as they are written, the number first: 10 before 2.
        var reasons = counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value} {c.Key}")).Order(StringComparer.Ordinal);
        // None of these reasons goes away when pods are evicted.
        return new PodEvent(TimeSpan.Zero, "Warning", "FailedScheduling", "default-scheduler", string.Create(CultureInfo.InvariantCulture,
            $"0/{all} nodes are available: {string.Join(", ", reasons)}. preemption: 0/{all} nodes are available: {all} Preemption is not helpful for scheduling."));
    }

    /// <summary>What is said of a taint that is not tolerated.</summary>
    public static string TaintsOf(KubernetesVersion version, string before) => version < _hidesTaints ? before : "node(s) had untolerated taint(s)";
}
