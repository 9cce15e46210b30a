using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Viaduct.Yaml;

namespace Viaduct.Cli.Tests;

/// <summary>The pipelines that are there to be copied call the command line that is there.</summary>
public sealed partial class CiFileTests
{
    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Path.Combine(Root(), "docs", "ci"), "*.yml").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_is_YAML_and_names_verbs_and_options_that_exist(string file)
    {
        var text = File.ReadAllText(Path.Combine(Root(), "docs", "ci", file));
        Assert.NotNull(YamlFile.ParseValue(text, file).Map);
        using var place = new Place();
        foreach (Match call in Calls().Matches(text))
        {
            var help = (await place.RunAsync(call.Groups["verb"].Value, "--help")).Output;
            foreach (Match option in Options().Matches(call.Value)) Assert.Contains(option.Value, help);
        }
    }

    [Fact]
    public async Task All_that_is_copied_out_of_GitLab_s_matrix_is_in_its_template()
    {
        var template = File.ReadAllText(Path.Combine(Root(), "docs", "ci", "gitlab-legs.yml"));
        using var place = new Place().Image("a");
        var jobs = YamlFile.ParseValue(template + (await place.RunAsync("matrix", "--all", "--format", "gitlab")).Output, "pipeline.yml").Map!;
        var job = jobs.Map("build linux-amd64")!;
        Assert.NotNull(jobs.Map(job.Text("extends")!));
        Assert.All(job.Map("variables")!.Keys, v => Assert.Contains("$" + v, template));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath("../../..", here);

    [GeneratedRegex("viaduct (?<verb>matrix|build|assemble) [^\n]*")]
    private static partial Regex Calls();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Options();
}
