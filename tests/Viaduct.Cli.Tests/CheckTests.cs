namespace Viaduct.Cli.Tests;

public sealed class CheckTests : IDisposable
{
    private readonly Place _place = new Place()
        .Image("base", dockerfile: "FROM scratch\nCOPY hello.txt /\nENV of=base\nSHELL [\"/sh\"]\n")
        .Image("child", dockerfile: "FROM base\nLABEL a=$of\nCMD x\n");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_set_without_violations_passes_and_its_bases_are_known_without_being_built()
    {
        var outcome = await _place.RunAsync("check");
        Assert.Equal((0, "no check fails: 2 images\n", ""), (outcome.Exit, outcome.Output, outcome.Error));
        Assert.False(Directory.Exists(_place.PathOf(".viaduct")));
    }

    [Fact]
    public async Task Violations_are_told_once_for_all_platforms_with_what_to_do()
    {
        _place.Image("third", dockerfile: "# check=error=true\nFROM base\nARG API_KEY\nWORKDIR x\n");
        var outcome = await _place.RunAsync("check");
        Assert.Equal((3, ""), (outcome.Exit, outcome.Error));
        Assert.Matches("^[^\n]*images/third/Dockerfile:3:1: SecretsUsedInArgOrEnv: ARG API_KEY sounds like a secret\n[^\n]*images/third/Dockerfile:4:1: WorkdirRelativePath: [^\n]*\nSecretsUsedInArgOrEnv: Use RUN --mount=type=secret[^\n]*\nWorkdirRelativePath: [^\n]*\n2 violations in 1 of 3 images\n1 image cannot be built: error=true\n$", outcome.Output);
        Assert.Equal(0, (await _place.RunAsync("check", "child")).Exit);
        Assert.Equal(2, (await _place.RunAsync("check", "chil")).Exit);
        Assert.StartsWith("error VIA2117: ", (await _place.RunAsync("build", "third")).Error);
    }

    [Fact]
    public async Task The_JSON_has_the_shape_of_its_schema()
    {
        _place.Image("third", dockerfile: "FROM base\nLABEL a=$unset \\\n b=c\n");
        var outcome = await _place.RunAsync("check", "--output", "json");
        Assert.Equal((3, ""), (outcome.Exit, outcome.Error));
        Schemas.Conforms("check.schema.json", outcome.Json);
        var images = outcome.Json.GetProperty("images").EnumerateArray().ToDictionary(i => i.GetProperty("name").GetString()!);
        Assert.Empty(images["child"].GetProperty("violations").EnumerateArray());
        var violation = Assert.Single(images["third"].GetProperty("violations").EnumerateArray());
        Assert.Equal(("UndefinedVar", 2, 3), (violation.GetProperty("rule").GetString(), violation.GetProperty("line").GetInt32(), violation.GetProperty("lastLine").GetInt32()));
    }
}
