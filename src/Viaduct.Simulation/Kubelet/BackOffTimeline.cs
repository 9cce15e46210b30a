namespace Viaduct.Simulation;

/// <summary>
/// When kubelet pulls again after failures, at the earliest (kubelet.go, imageBackOffPeriod and MaxImageBackOff; client-go util/flowcontrol/backoff.go).
/// It looks every 10 to 15 seconds; what is counted here is every 10.
/// </summary>
public static class BackOffTimeline
{
    /// <summary>How far events are told.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromMinutes(5);

    /// <summary>pod_workers.go, backOffPeriod.</summary>
    public static readonly TimeSpan Sync = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(300);

    /// <summary>The moments of the pulls until then; the first is zero.</summary>
    public static IReadOnlyList<TimeSpan> Pulls(TimeSpan until) => [.. Looks(until).Where(l => l.Pulls).Select(l => l.At)];

    /// <summary>The moments in between, at which kubelet looks and only says that it waits.</summary>
    public static IReadOnlyList<TimeSpan> Waits(TimeSpan until) => [.. Looks(until).Where(l => !l.Pulls).Select(l => l.At)];

    private static IEnumerable<(TimeSpan At, bool Pulls)> Looks(TimeSpan until)
    {
        var (next, delay) = (TimeSpan.Zero, Sync);
        for (var at = TimeSpan.Zero; at <= until; at += Sync)
        {
            var pulls = at >= next;
            yield return (at, pulls);
            if (!pulls) continue;
            next = at + delay;
            delay = delay * 2 < Longest ? delay * 2 : Longest;
        }
    }
}
