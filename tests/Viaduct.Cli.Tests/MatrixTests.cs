using System.Text.Json;

namespace Viaduct.Cli.Tests;

/// <summary>The jobs of a pipeline, as each service wants them.</summary>
public sealed class MatrixTests
{
    [Theory]
    [InlineData("github", """{"include":[{"name":"linux-amd64","platforms":"linux/amd64","images":"a b","args":"a b --platform linux/amd64","runner":"ubuntu-24.04"},{"name":"linux-arm64","platforms":"linux/arm64","images":"a b","args":"a b --platform linux/arm64","runner":"ubuntu-24.04-arm"}]}""")]
    [InlineData("azure", """{"linux_amd64":{"name":"linux-amd64","platforms":"linux/amd64","images":"a b","args":"a b --platform linux/amd64","pool":"ubuntu-24.04"},"linux_arm64":{"name":"linux-arm64","platforms":"linux/arm64","images":"a b","args":"a b --platform linux/arm64","pool":"ubuntu-24.04"}}""")]
    [InlineData("gitlab", "\"build linux-amd64\":\n  extends: .viaduct-leg\n  tags: [\"saas-linux-small-amd64\"]\n  variables:\n    VIADUCT_LEG: \"linux-amd64\"\n    VIADUCT_ARGS: \"a b --platform linux/amd64\"\n\"build linux-arm64\":\n  extends: .viaduct-leg\n  tags: [\"saas-linux-small-arm64\"]\n  variables:\n    VIADUCT_LEG: \"linux-arm64\"\n    VIADUCT_ARGS: \"a b --platform linux/arm64\"")]
    public async Task Each_service_has_its_form(string format, string text)
    {
        using var place = Two();
        var outcome = await place.RunAsync("matrix", "--all", "--format", format);
        Assert.Equal((0, text + "\n", ""), (outcome.Exit, outcome.Output, outcome.Error));
        Assert.False(Directory.Exists(place.PathOf(".viaduct")));
    }

    [Fact]
    public async Task JSON_is_as_the_schema_says()
    {
        using var place = Two();
        using var json = JsonDocument.Parse((await place.RunAsync("matrix", "--jobs", "4", "--runner", "linux/arm64=big", "--runner", "*=small")).Bytes);
        Schemas.Conforms("matrix.schema.json", json.RootElement);
        Assert.Equal(["linux-amd64-1 small", "linux-amd64-2 small", "linux-arm64-1 big", "linux-arm64-2 big"],
            json.RootElement.GetProperty("jobs").EnumerateArray().Select(j => $"{j.GetProperty("name")} {j.GetProperty("runner")}"));
    }

    [Fact]
    public async Task What_is_there_needs_no_job_and_a_workflow_is_told_so()
    {
        using var place = Two();
        Assert.Equal(0, (await place.RunAsync("push")).Exit);
        place.With("GITHUB_OUTPUT", place.PathOf("output")).File("images/b/hello.txt", "changed\n");
        Assert.Contains("\"images\":\"b\"", (await place.RunAsync("matrix", "--format", "github")).Output);
        Assert.EndsWith("any=true\n", File.ReadAllText(place.PathOf("output")));
        Assert.Equal(0, (await place.RunAsync("push")).Exit);
        Assert.Equal("{\"include\":[]}\n", (await place.RunAsync("matrix", "--format", "github")).Output);
        Assert.EndsWith("matrix={\"include\":[]}\nany=false\n", File.ReadAllText(place.PathOf("output")));
        Assert.Equal("nothing to build:\n  script: [\"true\"]\n", (await place.RunAsync("matrix", "--format", "gitlab")).Output);
    }

    [Theory]
    [InlineData("--jobs 0", "VIA9001")]
    [InlineData("--jobs 257", "VIA9001")]
    [InlineData("--runner arm64", "VIA9001")]
    [InlineData("--runner moon=x", "VIA9001")]
    [InlineData("--format travis", "VIA9001")]
    [InlineData("--format github --jobs 1", "VIA5050")]
    [InlineData("nosuch", "VIA2009")]
    public async Task What_cannot_be_is_refused(string line, string code)
    {
        using var place = Two();
        var outcome = await place.RunAsync(["matrix", "--all", .. line.Split(' ')]);
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith($"error {code}", outcome.Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task Shards_build_the_set_together_and_a_machine_too_many_has_nothing_to_do(int count)
    {
        using var place = Two();
        await using var registry = await place.ServeAsync();
        var records = new List<string>();
        for (var k = 1; k <= count; k++)
        {
            records.Add($"{k}.json");
            var leg = await place.RunAsync("build", "--shard", $"{k}/{count}", "--push-by-digest", "--registry", $"{registry.Address}/team", "--metadata", $"{k}.json");
            Assert.Equal((0, ""), (leg.Exit, leg.Error));
            Assert.Equal(k > 4, leg.Output == "Nothing is left for this machine.\n");
        }
        // The records are all that the joining machine knows: what the others remember of their own is gone.
        Directory.Delete(place.PathOf(".viaduct"), recursive: true);
        var joined = await place.RunAsync(["assemble", "--registry", $"{registry.Address}/team", "--metadata", .. records]);
        Assert.Equal((0, ""), (joined.Exit, joined.Error));
        Assert.Equal(2, joined.Output.TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData("--shard 0/3 --push-by-digest", "--shard: '0/3' is not K/N")]
    [InlineData("--shard 4/3 --push-by-digest", "--shard: '4/3' is not K/N")]
    [InlineData("--shard x --push-by-digest", "--shard: 'x' is not K/N")]
    [InlineData("a --shard 1/3 --push-by-digest", "--shard chooses the images itself")]
    [InlineData("--shard 1/3", "--shard is for one of several machines")]
    [InlineData("--push-by-digest --output out", "--output writes a folder and --push-by-digest a registry")]
    public async Task Words_that_do_not_go_together_are_refused(string line, string what)
    {
        using var place = Two();
        var outcome = await place.RunAsync(["build", .. line.Split(' ')]);
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith($"error VIA9001: {what}", outcome.Error);
    }

    private static Place Two() => new Place().Image("a").Image("b");
}
