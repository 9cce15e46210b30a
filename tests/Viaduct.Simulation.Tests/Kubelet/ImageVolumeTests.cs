namespace Viaduct.Simulation.Tests;

/// <summary>Volumes of images (KEP-4639).</summary>
public sealed class ImageVolumeTests
{
    [Fact]
    public async Task An_image_volume_is_pulled_first_and_what_mounts_it_shows_its_failure()
    {
        var outcome = await new KubeletBench().StartAsync(KubeletBench.Pod([], KubeletBench.Container("open.io/app"), KubeletBench.Container("r.io/data", role: ContainerRole.ImageVolume, name: "data")));
        Assert.Equal(["data ImagePullBackOff", "app ImagePullBackOff"], outcome.Containers.Select(c => $"{c.Container.Container.Name} {c.State.Reason}"));
        Assert.All(outcome.Containers[0].Events, e => Assert.Null(e.FieldPath));
    }

    [Theory]
    [InlineData("1.28", null, false)]
    [InlineData("1.30", true, false)]
    [InlineData("1.32", null, false)]
    [InlineData("1.32", true, true)]
    [InlineData("1.33", null, false)]
    [InlineData("1.34", null, false)]
    [InlineData("1.34", true, true)]
    [InlineData("1.35", null, true)]
    [InlineData("1.35", false, false)]
    public async Task Image_volumes_are_mounted_by_version_and_gate(string version, bool? gate, bool mounts)
    {
        var gates = gate is { } on ? new Dictionary<string, bool> { ["ImageVolume"] = on } : [];
        var bench = new KubeletBench { Version = version, Setup = new() { FeatureGates = gates } };
        var outcome = await bench.StartAsync(KubeletBench.Pod([], KubeletBench.Container("open.io/data", role: ContainerRole.ImageVolume, name: "data"), KubeletBench.Container("open.io/app")));
        Assert.Equal((mounts ? Verdict.Ok : Verdict.Failure, mounts ? 2 : 0), (outcome.Verdict, bench.Registries.Asked.Count));
        Assert.All(outcome.Containers, c => Assert.Equal(mounts ? null : "ContainerCreating", c.State.Reason));
    }
}
