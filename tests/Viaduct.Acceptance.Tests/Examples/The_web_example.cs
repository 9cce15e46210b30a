using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Examples;

/// <summary>The example as its README describes it, over a base that is made here: published, pushed, pulled and started.</summary>
public sealed class The_web_example
{
    private static readonly string[] Platforms = ["linux/amd64", "linux/arm64"];

    [Fact]
    public async Task Is_built_for_two_architectures_and_answers_on_both()
    {
        RealParts.NeedDocker();
        RealParts.NeedDistribution();
        await NuGet.NeedAsync();
        await using var registry = await Distribution.StartAsync();
        using var bases = new RuntimeDeps();
        var deps = await bases.PushAsync(registry.Address);
        using var example = new WebExample(registry.Address, deps);

        // Looking publishes nothing.
        var plan = (await example.RunAsync("plan", "--registry", registry.Address)).MustSucceed();
        Assert.Contains("web", plan.Text);
        Assert.False(example.HasOutputs);

        var pushed = (await example.RunAsync("push", "--registry", registry.Address, "--verbose")).MustSucceed();
        foreach (var platform in Platforms) Assert.Contains($"prepared web {platform} dotnet publish", pushed.Error);
        var first = await Task.WhenAll(Platforms.Select(example.LayersAsync));
        foreach (var platform in Platforms) await AnswersAsync(example, platform);

        // Nothing to do, so nothing is published.
        var again = (await example.RunAsync("push", "--registry", registry.Address, "--verbose")).MustSucceed();
        Assert.DoesNotContain("prepared", again.Error);

        // The app alone has changed: so has the last layer, and no other.
        example.Change("Program.cs", "\"ok\\n\"", "\"fine\\n\"");
        (await example.RunAsync("push", "--registry", registry.Address, "--move-tag")).MustSucceed();
        var second = await Task.WhenAll(Platforms.Select(example.LayersAsync));
        foreach (var (before, after) in first.Zip(second))
        {
            Assert.Equal(4, after.Count);
            Assert.Equal(before.SkipLast(1), after.SkipLast(1));
            Assert.NotEqual(before[^1], after[^1]);
        }

        // Taken back, it is what it was: publishing is deterministic, also in another folder.
        using var other = new WebExample(registry.Address, deps);
        (await other.RunAsync("push", "--registry", registry.Address, "--move-tag", "--force")).MustSucceed();
        Assert.Equal(first, await Task.WhenAll(Platforms.Select(other.LayersAsync)));
    }

    private static async Task AnswersAsync(WebExample example, string platform)
    {
        await using var app = await RunningApp.StartAsync(example.Image, platform);

        Assert.Contains("<strong>arm64</strong>", await app.GetAsync("/"));
        Assert.Equal("ok\n", await app.GetAsync("/healthz"));
        Assert.Matches(new Regex($@"^\.NET 10\.0\..* {(platform == "linux/arm64" ? "Arm64" : "X64")}\n$"), await app.GetAsync("/about"));
    }
}
