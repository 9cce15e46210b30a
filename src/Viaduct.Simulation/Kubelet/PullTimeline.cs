using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>
/// Many images asked for on one node at the same moment: how kubelet queues and throttles their pulls
/// (pkg/kubelet/images/puller.go and helpers.go, throttledImageService; config/v1beta1/defaults.go).
/// </summary>
public sealed record PullTimeline(IReadOnlyList<PlannedPull> Pulls)
{
    /// <summary>What a pull without a token fails with: nothing waits for one.</summary>
    public const string Refusal = "pull QPS exceeded";

    public int Throttled { get; } = Pulls.Count(p => p.Throttled);

    /// <summary>Whether one image is pulled after the other: the default, unless several at once are allowed by number.</summary>
    public static bool IsSerial(KubeletSetup setup) => setup.SerializeImagePulls ?? setup.MaxParallelImagePulls is null or < 2;

    /// <param name="each">How long a pull takes; zero is the worst case, as of images that fail at once or whose layers are there.</param>
    public static PullTimeline Of(KubeletSetup setup, int pulls, TimeSpan each)
    {
        var width = IsSerial(setup) ? 1 : setup.MaxParallelImagePulls ?? int.MaxValue;
        // When each of the pullers that are at work is free again.
        var free = new PriorityQueue<TimeSpan, TimeSpan>();
        var bucket = new TokenBucket(setup.RegistryPullQps, setup.RegistryBurst);
        var planned = new List<PlannedPull>(pulls);
        for (var i = 0; i < pulls; i++)
        {
            var at = free.Count >= width ? free.Dequeue() : TimeSpan.Zero;
            // A token for an image, whatever the number of its credentials.
            var throttled = !bucket.TryTake(at);
            planned.Add(new(at, throttled));
            var end = throttled ? at : at + each;
            free.Enqueue(end, end);
        }
        return new(planned);
    }

    /// <summary>For people; null where nothing is throttled.</summary>
    public string? Remark(KubeletSetup setup) => Throttled == 0 ? null : string.Create(CultureInfo.InvariantCulture,
        $"{Pulls.Count} images are asked for at once: kubelet lets {Pulls.Count - Throttled} through and may say \"{Refusal}\" to {Throttled}, which it pulls after a back-off of 10 seconds or more (registryPullQPS {setup.RegistryPullQps}, registryBurst {setup.RegistryBurst})");
}
