using System.Text.RegularExpressions;

namespace Viaduct.Cli.Tests.Manifest;

/// <summary>experimental-gate.txt: what docker 18.06.3 and 19.03.15 answered to <c>manifest inspect R/nonexist:1</c> under 22 settings.</summary>
public sealed partial class ManifestGateTests
{
    private const string Refused = "docker manifest inspect is only supported on a Docker cli with experimental cli features enabled";

    public static TheoryData<string> Rows => [.. File.ReadLines(Recorded.FileOf("experimental-gate.txt"))];

    [Fact]
    public void The_matrix_has_all_settings_of_both_versions() => Assert.Equal(44, Rows.Count);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Every_setting_opens_and_refuses_as_in_docker(string recorded)
    {
        var row = Row().Match(recorded).Groups;
        using var place = PlaceOf(row["env"].Value, row["cfg"].Value);
        // Two names too many: what the gate lets through ends there, before any registry is asked.
        var outcome = await place.RunAsync("manifest", "inspect", "a", "b", "c");
        var expected = row["err"].Value.Replace("$HOME/.docker", place.PathOf(".docker")).TrimEnd('|').Split('|')
            .Select(l => l.StartsWith("no such manifest") ? "docker: 'docker manifest inspect' requires at least 1 and at most 2 arguments" : l).ToArray();
        Assert.Equal((1, ""), (outcome.Exit, outcome.Output));
        var lines = outcome.Error.Split('\n');
        Assert.Equal(expected, lines.Take(expected.Length));
        Assert.Equal(expected[^1].StartsWith("docker: ") ? "" : "viaduct: ", lines[expected.Length][..Math.Min(9, lines[expected.Length].Length)]);
        if (!expected[^1].StartsWith("docker: ")) Assert.Contains("export DOCKER_CLI_EXPERIMENTAL=enabled", lines[expected.Length]);
    }

    [Theory]
    [InlineData("manifest", "docker manifest")]
    [InlineData("manifest bogus", "docker manifest")]
    [InlineData("manifest create", "docker manifest create")]
    [InlineData("manifest push --bogus", "docker manifest push")]
    [InlineData("manifest push --bogus --help", "docker manifest push")]
    [InlineData("manifest ls", "viaduct manifest ls")]
    public async Task The_gate_is_before_flags_and_arguments(string line, string path)
    {
        using var place = PlaceOf("unset", "none");
        var outcome = await place.RunAsync(line.Split(' '));
        Assert.Equal((1, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith($"{path} is only supported on a Docker cli with experimental cli features enabled\nviaduct: ", outcome.Error);
    }

    [Theory]
    [InlineData("manifest inspect --help")]
    [InlineData("manifest inspect -h")]
    [InlineData("--help manifest inspect")]
    public async Task Help_says_it_on_the_other_stream_and_does_not_fail(string line)
    {
        using var place = PlaceOf("unset", "none");
        var outcome = await place.RunAsync(line.Split(' '));
        Assert.Equal((0, Refused + "\n"), (outcome.Exit, outcome.Output));
        Assert.StartsWith("viaduct: export DOCKER_CLI_EXPERIMENTAL=enabled", outcome.Error);
    }

    [Fact]
    public async Task A_value_that_is_none_fails_help_too()
    {
        using var place = PlaceOf("true", "none");
        var outcome = await place.RunAsync("manifest", "--help");
        Assert.Equal((1, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith("Experimental field: \"true\" is not valid, should be either enabled or disabled\nviaduct: the variable DOCKER_CLI_EXPERIMENTAL says so", outcome.Error);
    }

    [Theory]
    // Where viaduct stands for a docker of today, which knows no gate, only the word closes it.
    [InlineData("docker", "unset", "none", true)]
    [InlineData("docker", "true", "none", true)]
    [InlineData("docker", "unset", "{\"experimental\":true}", true)]
    [InlineData("docker", "", "{\"experimental\":\"disabled\"}", false)]
    [InlineData("docker", "disabled", "none", false)]
    [InlineData("docker", "disabled", "{\"experimental\":\"enabled\"}", false)]
    [InlineData("docker", "enabled", "{\"experimental\":\"disabled\"}", true)]
    [InlineData("docker-viaduct", "unset", "none", true)]
    [InlineData("docker-viaduct", "disabled", "none", false)]
    [InlineData("viaduct", "unset", "{\"experimental\":\"disabled\",\"EXPERIMENTAL\":\"enabled\"}", true)]
    [InlineData("viaduct", "unset", "{\"auths\":{\"experimental\":\"enabled\"}}", false)]
    [InlineData("viaduct", "unset", "{\"experimental\":null}", false)]
    [InlineData("viaduct", "enabled", "not json", true)]
    [InlineData("viaduct", "unset", "not json", false)]
    [InlineData("viaduct", "unset", "", false)]
    [InlineData("viaduct", "unset", "{\"experimental\":\"\\ud800\"}", false)]
    [InlineData("viaduct", "unset", "[{\"experimental\":\"enabled\"}]", false)]
    [InlineData("docker", "unset", "[[[", true)]
    // Of a file that is broken further down nothing counts.
    [InlineData("viaduct", "unset", "{\"experimental\":\"enabled\",\"auths\":{},}", false)]
    [InlineData("docker", "unset", "{\"experimental\":\"disabled\",\"auths\":{},}", true)]
    public async Task The_name_of_the_call_decides_what_opens_it(string name, string variable, string config, bool open)
    {
        using var place = PlaceOf(variable, config, name);
        var outcome = await place.RunAsync(name == "docker-viaduct" ? ["viaduct", "manifest", "inspect", "--help"] : ["manifest", "inspect", "--help"]);
        Assert.Equal(open ? "Usage:" : "docker", outcome.Output[..6]);
    }

    [Theory]
    [InlineData("docker", "WARNING: Error parsing config file (FILE): json: cannot unmarshal array into Go struct field ConfigFile.experimental of type string\n")]
    [InlineData("viaduct", "WARNING: Error loading config file: FILE: json: cannot unmarshal array into Go struct field ConfigFile.experimental of type string\n")]
    public async Task A_value_of_another_type_is_warned_of_in_the_words_of_its_time(string name, string warning)
    {
        using var place = PlaceOf("enabled", "{\"experimental\":[\"enabled\"]}", name);
        Assert.Equal(warning.Replace("FILE", place.PathOf(".docker/config.json")), (await place.RunAsync("manifest", "--help")).Error);
    }

    [Fact]
    public async Task Of_a_broken_file_only_that_is_said()
    {
        using var place = PlaceOf("enabled", "{\"experimental\":[],}");
        Assert.Equal($"viaduct: {place.PathOf(".docker/config.json")} says nothing of experimental features: it is not JSON, line 1\n", (await place.RunAsync("manifest", "--help")).Error);
    }

    private static Place PlaceOf(string variable, string config, string name = "viaduct")
    {
        var place = new Place { InvokedAs = name };
        place.With("DOCKER_CONFIG", place.PathOf(".docker"));
        if (variable != "unset") place.With("DOCKER_CLI_EXPERIMENTAL", variable);
        return config == "none" ? place : place.File(".docker/config.json", config);
    }

    [GeneratedRegex("^docker \\S+ +env=(?<env>\\S*) +cfg=(?<cfg>.*?) +rc=1 (?<err>.*)$")]
    private static partial Regex Row();
}
