using System.Globalization;
using System.Text;
using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>Events as <c>kubectl describe pod</c> prints them: equal ones once, the latest last (kubectl, pkg/describe, DescribeEvents).</summary>
internal static class ClusterEvents
{
    private static readonly string[] Heads = ["Type", "Reason", "Age", "From", "Message"];

    public static string Render(IReadOnlyList<PodEvent> events)
    {
        if (events.Count == 0) return "Events:  <none>\n";
        var now = events.Max(e => e.Last) is var last && last > BackOffTimeline.Shown ? last : BackOffTimeline.Shown;
        var table = new TextTable(Heads);
        table.Add([.. Heads.Select(h => new string('-', h.Length))]);
        foreach (var group in events.GroupBy(e => (e.Type, e.Reason, e.Source, e.Message)).OrderBy(g => g.Max(e => e.Last)))
            table.Add(group.Key.Type, group.Key.Reason, Age([.. group], now), group.Key.Source, group.Key.Message);
        var text = new StringBuilder("Events:\n");
        foreach (var line in table.Render().TrimEnd('\n').Split('\n')) text.Append("  ").Append(line).Append('\n');
        return text.ToString();
    }

    private static string Age(IReadOnlyCollection<PodEvent> group, TimeSpan now)
    {
        var (first, last, count) = (now - group.Min(e => e.At), now - group.Max(e => e.Last), group.Sum(e => e.Count));
        return count == 1 ? Human(first) : string.Create(CultureInfo.InvariantCulture, $"{Human(last)} (x{count} over {Human(first)})");
    }

    /// <summary>k8s.io/apimachinery, pkg/util/duration, HumanDuration, as far as hours.</summary>
    internal static string Human(TimeSpan time)
    {
        var seconds = (long)time.TotalSeconds;
        var (minutes, rest) = (seconds / 60, seconds % 60);
        return seconds < 120 ? Text($"{seconds}s")
            : minutes < 10 ? Text($"{minutes}m{(rest == 0 ? "" : Text($"{rest}s"))}")
            : minutes < 180 ? Text($"{minutes}m")
            : Text($"{minutes / 60}h");

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
