using Viaduct.Oci;

namespace Build.Release.Tests;

/// <summary>Each request of a release fails in each way; whatever happened, one more run ends in the state of a run without trouble.</summary>
public sealed class TroubleTests
{
    private static readonly Trouble[] Kinds = [Trouble.Refused, Trouble.DoneAndFailed, Trouble.DoneAndCut, Trouble.Limited, Trouble.Down];

    public static TheoryData<bool, Trouble> All() => [.. new[] { false, true }.SelectMany(isUpdate => Kinds.Select(kind => (isUpdate, kind)))];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Nothing_is_there_twice(bool isUpdate, Trouble kind)
    {
        await using var calm = new StandIn();
        await StartAsync(calm, isUpdate);
        await RunAsync(calm);
        var (wanted, count) = (calm.State.ToString(), calm.Requests.Count);
        Assert.True(count > 10, $"a run makes only {count} requests");
        for (var request = 0; request < count; request++)
        {
            await using var gitHub = new StandIn();
            await StartAsync(gitHub, isUpdate);
            gitHub.Plan = (request, kind);
            var failure = await Record.ExceptionAsync(() => RunAsync(gitHub));
            if (failure is not null) Assert.Equal("VIA8004", Assert.IsType<ViaductException>(failure).Code);
            if (kind == Trouble.Down) Assert.NotNull(failure);
            // GitHub replaces no file: of a release that was published before one may be missing for a moment.
            Assert.True(isUpdate || gitHub.State.Releases.All(r => (bool)r["draft"]! || gitHub.State.AssetsOf(r).Count == 4), $"request {request}: a release was published without its files");
            gitHub.Heal();
            await RunAsync(gitHub);
            Assert.True(wanted == gitHub.State.ToString(), $"request {request}: it ended in\n{gitHub.State}\ninstead of\n{wanted}");
        }
    }

    /// <summary>An update begins with what an earlier record left.</summary>
    private static async Task StartAsync(StandIn gitHub, bool isUpdate)
    {
        if (isUpdate) await Sample.RunAsync(gitHub, Sample.Of(verdict: "warning"), bases: Sample.Moved("else"));
        // The newest status counts; older ones stay at GitHub, too.
        gitHub.State.Statuses.Clear();
        gitHub.Heal();
    }

    private static Task RunAsync(StandIn gitHub) => Sample.RunAsync(gitHub, Sample.Of(action: "tagged"), bases: Sample.Moved());
}
