namespace Viaduct.Cli.Tests.Manifest;

/// <summary>Held to what docker 28.5.2 answered to the same words.</summary>
public sealed class ManifestUsageTests
{
    public static TheoryData<string, int> Runs => [.. Recorded.All.Select((r, i) => (string.Join(' ', r.Args), i))];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Words_mean_and_fail_as_in_docker(string line, int run)
    {
        Assert.NotNull(line);
        var docker = Recorded.All.ElementAt(run);
        using var place = new Place { InvokedAs = "docker" };
        var outcome = await place.RunAsync(docker.Args);
        Assert.Equal(docker.Exit, outcome.Exit);
        Assert.Equal(docker.Output, Recorded.ShapeOf(outcome.Output));
        Assert.Equal(docker.Error, docker.Error.Contains("Commands:") ? Recorded.ShapeOf(outcome.Error) : Docker(outcome.Error));
    }

    [Theory]
    [InlineData("push --verbose x", "'--verbose' goes before 'manifest'")]
    [InlineData("push --config=x y", "'--config' goes before 'manifest'")]
    [InlineData("--config x push y", "'--config' goes before 'manifest'")]
    [InlineData("--verbose push y", "'--verbose' goes before 'manifest'")]
    [InlineData("create --ammend a b", "did you mean '--amend'?")]
    [InlineData("pusch", "did you mean 'push'?")]
    public async Task What_was_meant_is_said_below_in_a_line_of_its_own(string line, string hint)
    {
        using var place = new Place { InvokedAs = "docker" };
        Assert.EndsWith($"\nviaduct: {hint}\n", (await place.RunAsync([.. line.Split(' ').Prepend("manifest")])).Error);
    }

    [Theory]
    [InlineData("ls x", 1, "viaduct: 'viaduct manifest ls' accepts no arguments")]
    [InlineData("remove l", 1, "viaduct: 'viaduct manifest remove' requires at least 2 arguments")]
    [InlineData("annotate --index l i --annotation a=b", 1, "docker: 'docker manifest annotate' requires 1 argument")]
    [InlineData("create --spec f l i", 1, "docker: 'docker manifest create' requires at most 1 argument")]
    [InlineData("create --template a-ARCH --platforms linux/amd64 l i", 1, "docker: 'docker manifest create' requires 1 argument")]
    [InlineData("create l i --annotation a", 125, "invalid argument \"a\" for \"--annotation\" flag: a must be formatted as key=value")]
    [InlineData("push l --output yaml", 125, "invalid argument \"yaml\" for \"-o, --output\" flag: must be text or json")]
    [InlineData("prune --older-than soon", 125, "invalid argument \"soon\" for \"--older-than\" flag: time: invalid duration \"soon\"")]
    [InlineData("prune --older-than 1e9h", 125, "invalid argument \"1e9h\" for \"--older-than\" flag: time: invalid duration \"1e9h\"")]
    public async Task What_docker_does_not_have_fails_in_the_same_way(string line, int exit, string words)
    {
        using var place = new Place { InvokedAs = "docker" };
        var outcome = await place.RunAsync([.. line.Split(' ').Prepend("manifest")]);
        Assert.Equal((exit, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith(words + "\n\nUsage:  ", outcome.Error);
    }

    [Theory]
    [InlineData("create l --template a-ARCH", "VIA9040: --template and --platforms go together")]
    [InlineData("create l a --amend --replace", "VIA9040: --amend and --replace do not go together")]
    [InlineData("create l a --digest-file f", "VIA9040: --digest-file and --push go together")]
    [InlineData("create --spec s --template t --platforms linux/amd64", "VIA9040: --spec and --template do not go together")]
    [InlineData("push l --dry-run --digest-file f", "VIA9040: --dry-run and --digest-file do not go together")]
    [InlineData("push l --digest-file .", "VIA9043: --digest-file: '.' is no file")]
    [InlineData("inspect --raw -v l", "VIA9040: --raw and --verbose do not go together")]
    [InlineData("annotate --index l --os linux", "VIA9040: --index and --os do not go together")]
    [InlineData("inspect l --platform linux", "VIA9005: --platform: 'linux' is no platform")]
    [InlineData("create l --template a-ARCH --platforms linux/amd64,linux/amd46", "VIA9005: --platforms: 'linux/amd46' is no platform")]
    [InlineData("push l --tag 1,a/b", "VIA9012: --tag: 'a/b' is not a tag")]
    public async Task Flags_that_contradict_each_other_are_refused_before_anything_is_done(string line, string words)
    {
        using var place = new Place { InvokedAs = "docker" };
        var outcome = await place.RunAsync([.. line.Split(' ').Prepend("manifest")]);
        Assert.Equal((1, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith("viaduct: " + words, outcome.Error);
        Assert.All(outcome.Error.TrimEnd('\n').Split('\n'), l => Assert.StartsWith("viaduct: ", l));
    }

    private static string[] Docker(string error) =>
        [.. error.Split('\n').SkipLast(1).Where(l => !l.StartsWith("viaduct: ", StringComparison.Ordinal))];
}
