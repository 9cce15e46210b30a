using Viaduct.Planning;

namespace Viaduct.Acceptance.Tests.Peers;

public sealed class A_whole_job(PushedSets sets)
{
    [Theory]
    [InlineData(RegistryKind.Embedded)]
    [InlineData(RegistryKind.Distribution)]
    public async Task Pushes_every_image_once_and_has_nothing_to_do_after_that(RegistryKind kind)
    {
        var set = await sets.InAsync(kind);
        Assert.Equal(PushedSets.Images.Length * PushedSets.Platforms.Length, set.First.Builds.Count());
        Assert.Equal(PushedSets.Images.Length, set.First.Steps.OfType<Step.List>().Count());
        Assert.Empty(set.Second.Steps);
    }

    [Theory]
    [InlineData(RegistryKind.Embedded)]
    [InlineData(RegistryKind.Distribution)]
    public async Task Is_not_repeated_by_a_machine_that_remembers_nothing(RegistryKind kind) =>
        Assert.Empty((await (await sets.InAsync(kind)).PlanOfStrangerAsync()).Steps);

    [Theory]
    [InlineData(RegistryKind.Embedded)]
    [InlineData(RegistryKind.Distribution)]
    public async Task Proves_that_every_node_gets_what_it_can_run(RegistryKind kind)
    {
        var set = await sets.InAsync(kind);
        Assert.Equal(PushedSets.Images.Length, set.Reports.Count);
        Assert.All(set.Reports, report =>
        {
            Assert.Empty(report.Problems);
            Assert.Equal(PushedSets.Platforms.Length, report.Pulls.Count);
            Assert.All(report.Pulls, pull => Assert.True(pull.Verdict == Simulation.Verdict.Ok, string.Join('\n', pull.Findings)));
        });
    }

    [Fact]
    public async Task Makes_the_same_digests_in_every_registry()
    {
        var (embedded, distribution) = (await sets.InAsync(RegistryKind.Embedded), await sets.InAsync(RegistryKind.Distribution));
        foreach (var image in PushedSets.Images)
            Assert.Equal((await embedded.ReadAsync(embedded.List(image))).Digest, (await distribution.ReadAsync(distribution.List(image))).Digest);
    }
}
