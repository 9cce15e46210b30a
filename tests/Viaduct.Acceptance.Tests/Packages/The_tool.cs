namespace Viaduct.Acceptance.Tests.Packages;

/// <summary>The packages that are made of the sources as they are, and nothing else to install from.</summary>
public sealed class The_tool
{
    private const string Project = "src/Viaduct.Cli/Viaduct.Cli.csproj";

    [Fact]
    public async Task Is_installed_from_a_folder_and_starts()
    {
        RealParts.NeedLinux();
        await Examples.NuGet.NeedAsync();
        using var folder = new TemporaryFolder();
        // Beside the build that these tests belong to.
        string[] common = ["-c", "Release", "-v", "quiet", $"-p:ArtifactsPath={folder.At("made")}", "-p:ToolPlatforms=any", "-p:UseSharedCompilation=false", "-nodeReuse:false"];
        await PackAsync([.. common, "-r", "any"]);
        await PackAsync([.. common, "-p:PublishAot=true", "-p:IncludeSymbols=false"]);
        var packages = folder.At("made/package/release");
        Assert.Equal(2, Directory.EnumerateFiles(packages, "*.nupkg").Count());

        folder.With("nuget.config", $"<configuration><packageSources><clear /><add key=\"here\" value=\"{packages}\" /></packageSources></configuration>");
        (await Command.RunAsync(["dotnet", "tool", "install", "viaduct", "--tool-path", folder.At("tools"), "--prerelease", "--configfile", folder.At("nuget.config")], folder.Path,
            new Dictionary<string, string?> { ["NUGET_PACKAGES"] = folder.At("cache") })).MustSucceed();
        var version = (await Command.RunAsync([folder.At("tools/viaduct"), "version"], folder.Path, null)).MustSucceed().Text;
        Assert.Matches(@"^viaduct \d+\.\d+\.\d+", version);

        async Task PackAsync(string[] words)
        {
            using var pack = Command.Start(["dotnet", "pack", Path.Combine(Repository.Root, Project), .. words], Repository.Root);
            (await pack.EndAsync(TimeSpan.FromMinutes(10))).MustSucceed();
        }
    }
}
