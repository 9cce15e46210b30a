namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>Makefiles that call <c>docker manifest</c>, run by make, with the word <c>docker</c> once docker's and once ours.</summary>
[Collection(Apart.FromTheEngines)]
public sealed class Recipes(Beds beds) : IClassFixture<Beds>
{
    [Theory]
    [InlineData(PauseMakefile.ByRepository, 4)]
    [InlineData(PauseMakefile.ByTag, 4)]
    public async Task A_makefile_pushes_the_list_that_it_always_did(string makefile, int images)
    {
        await Tool.NeedAsync(Tool.Docker);
        Assert.SkipUnless(File.Exists("/usr/bin/make"), "make is not here");
        var bed = await beds.GetAsync();
        using var home = new Home(bed, "recipe");

        var docker = await MakeAsync(bed, home, makefile, Tool.Docker);
        var viaduct = await MakeAsync(bed, home, makefile, Tool.Viaduct);

        Assert.Equal(docker.Said, viaduct.Said);
        Assert.Equal(docker.Pushed, viaduct.Pushed);
        Assert.Equal(images, docker.Pushed.Count(l => l.Contains("_manifests/revisions", StringComparison.Ordinal)) - 1);
        Assert.Empty(home.Tree());
    }

    /// <summary>What make wrote and what lies in the registry.</summary>
    private static async Task<(string Said, IReadOnlyList<string> Pushed)> MakeAsync(Bed bed, Home home, string makefile, Tool tool)
    {
        home.Clear();
        bed.Forget("recipe");
        File.WriteAllText(Path.Combine(home.Folder, "Makefile"), makefile + "\n");
        File.WriteAllText(Path.Combine(home.Folder, "docker"), $"#!/bin/sh\nexec {tool.Start} \"$@\"\n");
        // An alias that make's shells see.
        var said = await home.ShellAsync("chmod +x docker; PATH=$HOME:$PATH make -s REGISTRY=$R LIST=$T");
        return (said.Text, bed.Pushed("recipe"));
    }
}
