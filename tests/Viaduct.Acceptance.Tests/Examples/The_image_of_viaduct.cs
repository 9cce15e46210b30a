namespace Viaduct.Acceptance.Tests.Examples;

/// <summary>Viaduct builds the image of itself, from a copy of its sources and over a base that is made here; it starts on both architectures.</summary>
public sealed class The_image_of_viaduct
{
    private static readonly string[] Files = ["Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", "global.json", "README.md"];

    [Fact]
    public async Task Is_built_for_two_architectures_and_starts_on_both()
    {
        RealParts.NeedDocker();
        RealParts.NeedDistribution();
        await NuGet.NeedAsync();
        await using var registry = await Distribution.StartAsync();
        using var bases = new RuntimeDeps();
        var deps = await bases.PushAsync(registry.Address);
        using var folder = new TemporaryFolder();
        foreach (var file in Files) folder.With(file, File.ReadAllBytes(Path.Combine(Repository.Root, file)));
        foreach (var part in (string[])["src", "examples/viaduct"])
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, part), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.Root, f)))
                if (!file.Split('/').Any(p => p is "bin" or "obj" or "out" or ".viaduct")) folder.With(file, File.ReadAllBytes(Path.Combine(Repository.Root, file)));
        const string Image = "examples/viaduct/images/viaduct/image.yaml";
        folder.With(Image, File.ReadAllText(folder.At(Image)).Replace("mcr.microsoft.com/dotnet/runtime-deps:10.0", deps, StringComparison.Ordinal));

        using (var push = ViaductCli.Start(folder, new Dictionary<string, string?>(), "push", "-C", "examples/viaduct", "--registry", registry.Address))
            (await push.EndAsync(TimeSpan.FromMinutes(15))).MustSucceed();
        foreach (var platform in (string[])["linux/amd64", "linux/arm64"])
        {
            (await RealParts.DockerAsync("pull", "-q", "--platform", platform, $"{registry.Address}/viaduct:latest")).MustSucceed();
            Assert.Matches(@"^viaduct \d+\.\d+\.\d+", (await RealParts.DockerAsync("run", "--rm", "--platform", platform, $"{registry.Address}/viaduct:latest", "version")).MustSucceed().Text);
        }
        var again = (await ViaductCli.RunAsync(folder, "plan", "-C", "examples/viaduct", "--registry", registry.Address)).MustSucceed();
        Assert.Equal("Nothing to do: the registry has all of it.\n", again.Text);
    }
}
