namespace Viaduct.Simulation.Tests;

public sealed class BackOffTimelineTests
{
    [Fact]
    public void Pulls_double_their_distance_up_to_five_minutes()
    {
        Assert.Equal([0, 10, 30, 70, 150, 310, 610, 910], BackOffTimeline.Pulls(TimeSpan.FromSeconds(910)).Select(t => (int)t.TotalSeconds));
        Assert.Equal([20, 40, 50, 60, 80], BackOffTimeline.Waits(TimeSpan.FromSeconds(80)).Select(t => (int)t.TotalSeconds));
    }

    [Theory]
    // pulls, each takes (ms), qps, burst, serialize, parallel: throttled, begin of the last (ms)
    [InlineData(10, 0, 5, 10, null, null, 0, 0)]
    [InlineData(11, 0, 5, 10, null, null, 1, 0)]
    [InlineData(30, 0, 5, 10, false, null, 20, 0)]
    [InlineData(30, 9000, 5, 10, false, null, 20, 0)]
    [InlineData(30, 9000, 5, 10, null, null, 0, 261000)]
    [InlineData(30, 9000, 5, 10, true, 4, 0, 261000)]
    [InlineData(30, 9000, 5, 10, null, 5, 0, 45000)]
    [InlineData(30, 100, 5, 10, null, null, 11, 1900)]
    [InlineData(100, 0, 0, 0, false, null, 0, 0)]
    public void Pulls_queue_and_want_a_token_each(int pulls, int each, int qps, int burst, bool? serialize, int? parallel, int throttled, int last)
    {
        var setup = new KubeletSetup { RegistryPullQps = qps, RegistryBurst = burst, SerializeImagePulls = serialize, MaxParallelImagePulls = parallel };
        var timeline = PullTimeline.Of(setup, pulls, TimeSpan.FromMilliseconds(each));
        Assert.Equal((throttled, last), (timeline.Throttled, (int)timeline.Pulls[^1].Begins.TotalMilliseconds));
        Assert.Equal(throttled > 0, timeline.Remark(setup)?.Contains("pull QPS exceeded", StringComparison.Ordinal) == true);
        if (each == 0) Assert.Equal(Enumerable.Range(0, pulls).Select(i => i >= pulls - throttled), timeline.Pulls.Select(p => p.Throttled));
    }
}
