using Viaduct.Cli.Docker;

namespace Viaduct.Cli.Tests.Manifest;

public sealed class ManifestHelpTests
{
    public static TheoryData<string> Verbs => [.. ManifestVerbs.All.Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_explains_all_its_flags_and_shows_examples_that_it_understands(string verb)
    {
        using var place = new Place { InvokedAs = "docker" };
        var help = (await place.RunAsync("manifest", verb, "--help")).Output;
        var flags = ManifestVerbs.Find(verb)!.Flags;
        Assert.All(flags, f => Assert.Contains($"--{f.Name}", help));
        Assert.All(flags, f => Assert.Contains(f.Text, help));
        var examples = help[help.IndexOf("\nExamples:\n", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, e =>
        {
            Assert.StartsWith($"  viaduct manifest {verb}", e);
            var parsed = ManifestVerbs.Find(verb)!.Parser.Parse([.. e.Split('|')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(3)]);
            Assert.True((ManifestVerbs.Find(verb)!.Instead(parsed) ?? ManifestVerbs.Find(verb)!.Arguments).Allows(parsed.Arguments.Count), e);
        });
    }

    [Fact]
    public void The_docker_block_comes_before_ours()
    {
        var help = ManifestHelp.Of(ManifestVerbs.Find("push")!);
        Assert.True(help.IndexOf("--purge", StringComparison.Ordinal) < help.IndexOf("Options that docker does not have:", StringComparison.Ordinal));
        Assert.True(help.IndexOf("Options that docker does not have:", StringComparison.Ordinal) < help.IndexOf("--dry-run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_plain_help_of_all_verbs_names_it()
    {
        using var place = new Place();
        Assert.Contains("  manifest ", (await place.RunAsync("--help")).Output);
    }

    [Fact]
    public void No_flag_is_there_twice() =>
        Assert.All(ManifestVerbs.All, v => Assert.Equal(v.Flags.Count, v.Flags.Select(f => f.Name).Distinct().Count()));
}
