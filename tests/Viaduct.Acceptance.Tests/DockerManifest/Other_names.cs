namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>Called by docker's own name, and as a plugin of the real docker. Nobody sets DOCKER_CLI_EXPERIMENTAL here: today's docker does not ask for it.</summary>
[Collection(Apart.FromTheEngines)]
public sealed class Other_names(Beds beds) : IClassFixture<Beds>
{
    // Of the machine itself and not of a root in a folder: what is called by another name has to find what it needs.
    private static string Docker => $"{RealParts.Root}/usr/bin/docker";

    private static string OldDocker => $"{Environment.GetEnvironmentVariable("VIADUCT_TEST_OLD")}/usr/bin/docker";

    private static string Own => Environment.GetEnvironmentVariable("VIADUCT_TEST_NATIVE") is { Length: > 0 } native ? native : Path.Combine(AppContext.BaseDirectory, "viaduct");

    [Fact]
    public async Task By_the_name_docker_it_does_what_docker_does()
    {
        await Tool.NeedAsync(Tool.Docker);
        var bed = await beds.GetAsync();
        using var home = new Home(bed, "named");
        const string Lines = """
            docker manifest create --insecure --amend $T:1 --amend $R/amd64:1 --amend $R/pause-arm:3.9
            docker manifest annotate $T:1 $R/pause-arm:3.9 --arch arm --variant v7
            docker manifest inspect $T:1
            docker --config $HOME/.docker manifest inspect $T:1 $R/amd64:1
            docker manifest push --insecure --purge $T:1
            """;

        async Task<(string, IReadOnlyList<string>)> AsAsync(string file)
        {
            home.Clear();
            bed.Forget("named");
            return ((await home.ShellAsync($"{Link(home, "bin/docker", file)}\n{Lines}")).Text, bed.Pushed("named"));
        }

        var (said, pushed) = await AsAsync(Docker);
        var (ownSaid, ownPushed) = await AsAsync(Own);
        Assert.Equal(said, ownSaid);
        Assert.Equal(pushed, ownPushed);
    }

    [Fact]
    public async Task By_the_name_docker_all_else_goes_to_the_docker_behind_it()
    {
        await Tool.NeedAsync(Tool.Docker);
        var bed = await beds.GetAsync();
        using var home = new Home(bed, "named");
        var said = await home.ShellAsync($"{Link(home, "bin/docker", Own)}\nPATH=\"$PATH:{RealParts.Root}/usr/bin\" docker --version");
        Assert.StartsWith("Docker version ", said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docker_28_takes_it_as_a_plugin() => await PluginAsync(Tool.Docker, Docker);

    [Fact]
    public async Task Docker_20_10_takes_it_as_a_plugin() => await PluginAsync(Tool.OldDocker, OldDocker);

    private async Task PluginAsync(Tool tool, string docker)
    {
        await Tool.NeedAsync(tool);
        var bed = await beds.GetAsync();
        using var home = new Home(bed, "named");
        bed.Forget("named");
        var said = await home.ShellAsync($"""
            {Link(home, ".docker/cli-plugins/docker-viaduct", Own)}
            {docker} viaduct manifest create --insecure $T:1 $R/amd64:1 $R/arm64:1
            {docker} manifest inspect $T:1 >one
            {docker} viaduct manifest inspect $T:1 >two
            cmp one two
            {docker} viaduct manifest push -p --insecure $T:1
            {docker} viaduct version
            {docker} --help | grep viaduct
            """);
        Assert.StartsWith($"Created manifest list {bed.Registry}/named:1\n", said.Text, StringComparison.Ordinal);
        Assert.Contains("\nsha256:", said.Text, StringComparison.Ordinal);
        Assert.Contains("\nviaduct ", said.Text, StringComparison.Ordinal);
        Assert.NotEmpty(bed.Pushed("named"));
    }

    /// <summary>The lines of a shell that give the program another name, which comes first from then on.</summary>
    private static string Link(Home home, string name, string file)
    {
        var link = Path.Combine(home.Folder, name);
        return $"unset DOCKER_CLI_EXPERIMENTAL\nmkdir -p {Path.GetDirectoryName(link)}\nln -sf {file} {link}\nexport PATH={Path.GetDirectoryName(link)}:$PATH";
    }
}
