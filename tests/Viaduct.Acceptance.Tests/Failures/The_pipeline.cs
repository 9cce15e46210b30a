using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Failures;

/// <summary>What the command line owes its reader, the pipeline owes, too.</summary>
public sealed class The_pipeline
{
    private const string OneFile = "FROM scratch\nCOPY file /file\n";

    [Theory]
    [InlineData("", "VIA2105")]
    [InlineData("FROM scratch\nCOPPY file /file\n", "VIA2108")]
    [InlineData("FROM scratch\nCOPY missing /file\n", "VIA2121")]
    [InlineData("FROM scratch\nCOPY ../../../secret /file\n", "VIA2122")]
    public async Task Refuses_a_broken_image_and_leaves_no_tag(string dockerfile, string code)
    {
        using var folder = new TemporaryFolder().WithImages().WithApp(dockerfile);
        MustFail(await Pipeline.RunAsync(folder), code, ExitCode.Failed);
        Assert.Empty(await Store.TagsOfAsync(folder));
    }

    [Fact]
    public async Task Names_a_registry_that_is_down()
    {
        using var folder = new TemporaryFolder().WithImages();
        MustFail(await Pipeline.RunAsync(folder, "--registry", $"127.0.0.1:{Ports.Free()}"), "VIA3001", ExitCode.Unreachable);
    }

    [Fact]
    public async Task Names_a_platform_that_does_not_exist()
    {
        using var folder = new TemporaryFolder().WithImages();
        MustFail(await Pipeline.RunAsync(folder, "--platform", "linux/amd64,linux/arm46"), "VIA9005", ExitCode.Usage);
        Assert.Empty(await Store.TagsOfAsync(folder));
    }

    [Fact]
    public async Task Names_a_read_only_output_folder()
    {
        RealParts.NeedRoot();
        using var folder = new TemporaryFolder().WithImages();
        using var mount = await TmpFs.MountAsync(folder.At("artifacts"), "size=1m,ro");
        MustFail(await Pipeline.RunAsync(folder), "VIA9003", ExitCode.Failed);
        Assert.Empty(await Store.TagsOfAsync(folder));
    }

    [Fact]
    public async Task Names_a_disk_that_is_full()
    {
        RealParts.NeedRoot();
        using var folder = new TemporaryFolder().WithApp(OneFile).WithNoise("images/app/file", 8);
        using var mount = await TmpFs.MountAsync(folder.At(".viaduct"), "size=2m");
        MustFail(await Pipeline.RunAsync(folder), "VIA9002", ExitCode.Failed);
        await mount.RemountAsync("size=64m");
        Assert.Empty(await Store.TagsOfAsync(folder));
    }

    [Fact]
    public async Task Is_stopped_by_Ctrl_C_in_the_middle_of_a_push()
    {
        RealParts.NeedLinux();
        using var folder = new TemporaryFolder().WithImages();
        await using var registry = await StuckRegistry.StartAsync();
        using var pipeline = Pipeline.Start(folder, "--registry", registry.Address);
        await registry.Stuck.WaitAsync(TimeSpan.FromMinutes(1));
        pipeline.Signal(Native.Interrupt);
        var outcome = await pipeline.EndAsync();
        Assert.True(outcome.Exit == (int)ExitCode.Cancelled, $"it ended with {outcome.Exit}:\n{outcome.Error}{outcome.Text}");
        Assert.DoesNotContain("   at ", outcome.Error + outcome.Text);
        Assert.Empty(registry.ManifestWrites);
    }

    private static void MustFail(Outcome outcome, string code, ExitCode exit)
    {
        var said = outcome.Error + outcome.Text;
        Assert.True(outcome.Exit == (int)exit, $"it ended with {outcome.Exit}:\n{said}");
        Assert.True(Regex.Count(said, "VIA[0-9]{4}: ") == 1 && said.Contains($"{code}: "), said);
        Assert.DoesNotContain("   at ", said);
    }
}
