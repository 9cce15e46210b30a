using Viaduct.Simulation;

namespace Viaduct.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("build")]
    [InlineData("push")]
    [InlineData("plan")]
    [InlineData("check")]
    [InlineData("assemble")]
    [InlineData("select")]
    [InlineData("simulate")]
    [InlineData("whatif")]
    [InlineData("why")]
    [InlineData("inspect")]
    [InlineData("load")]
    [InlineData("export")]
    [InlineData("verify")]
    [InlineData("login")]
    [InlineData("logout")]
    [InlineData("registry serve")]
    [InlineData("version")]
    [InlineData("completion")]
    public async Task Every_verb_explains_itself_with_examples(string verb)
    {
        using var place = new Place();
        var outcome = await place.RunAsync([.. verb.Split(' '), "--help"]);
        Assert.Equal(0, outcome.Exit);
        Assert.Contains($"viaduct {verb}", outcome.Output);
        Assert.Contains("Examples:\n  ", outcome.Output);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task Help_names_all_verbs()
    {
        using var place = new Place();
        var outcome = await place.RunAsync("-h");
        Assert.Equal(0, outcome.Exit);
        Assert.All((string[])["build", "push", "plan", "check", "assemble", "manifest", "select", "simulate", "whatif", "why", "inspect", "load", "export", "login", "logout", "registry", "version", "completion"], v => Assert.Contains($"  {v}", outcome.Output));
    }

    [Fact]
    public async Task Help_names_every_ready_made_set_and_the_usual_runtime()
    {
        using var place = new Place();
        var words = string.Join(' ', (await place.RunAsync("simulate", "--help")).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"ready-made set ({string.Join(", ", NodeSets.All.Select(s => s.Name))})", words);
        Assert.Contains($"{Runtimes.Default} by default", words);
    }

    [Fact]
    public async Task Help_is_given_although_other_words_are_wrong()
    {
        using var place = new Place();
        Assert.Equal(0, (await place.RunAsync("push", "--forse", "--help")).Exit);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task The_version_is_one_line(string word)
    {
        using var place = new Place();
        var outcome = await place.RunAsync(word);
        Assert.Equal(0, outcome.Exit);
        Assert.Matches("^viaduct [0-9]+\\.[0-9]+\\.[0-9]+[^\n]*\n$", outcome.Output);
    }

    [Fact]
    public async Task The_version_is_JSON_when_asked_for()
    {
        using var place = new Place();
        var json = (await place.RunAsync("version", "--output", "json")).Json;
        Assert.Equal(1, json.GetProperty("version").GetInt32());
        Assert.False(string.IsNullOrEmpty(json.GetProperty("viaduct").GetString()));
    }

    [Theory]
    [InlineData("viaduct pu", "push")]
    [InlineData("viaduct push --re", "--registry")]
    [InlineData("viaduct export x --format ", "docker-archive")]
    [InlineData("viaduct load x --into ", "podman")]
    [InlineData("viaduct lo", "load")]
    [InlineData("viaduct ch", "check")]
    [InlineData("viaduct check --output ", "json")]
    [InlineData("viaduct completion ", "zsh")]
    [InlineData("viaduct select x --as ", "containerd 2.1")]
    [InlineData("viaduct select x --as a", "all")]
    [InlineData("viaduct simulate --nodes ", "eks:1.33")]
    [InlineData("viaduct whatif --nodes-then ", "kubernetes")]
    [InlineData("viaduct mani", "manifest")]
    [InlineData("viaduct manifest ", "annotate")]
    [InlineData("viaduct manifest pu", "push")]
    [InlineData("viaduct manifest push --pu", "--purge")]
    [InlineData("viaduct manifest create --ref", "--refresh")]
    [InlineData("viaduct manifest ls --output ", "json")]
    public async Task Shells_are_told_what_may_follow(string line, string word)
    {
        using var place = new Place();
        var outcome = await place.RunAsync($"[suggest:{line.Length}]", line);
        Assert.Equal(0, outcome.Exit);
        Assert.Contains(word, outcome.Output.Split('\n'));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _viaduct viaduct")]
    [InlineData("zsh", "#compdef viaduct")]
    [InlineData("fish", "complete -c viaduct")]
    public async Task A_completion_script_asks_viaduct(string shell, string line)
    {
        using var place = new Place();
        var outcome = await place.RunAsync("completion", shell);
        Assert.Contains(line, outcome.Output);
        Assert.Contains("[suggest:", outcome.Output);
    }
}
