namespace Viaduct.Cli.Tests;

/// <summary>From one path of the embedded registry to another.</summary>
public sealed class PromoteTests : IAsyncLifetime
{
    private readonly Place _place = new Place().Image("hello", "tags: [\"1\", \"latest\"]\n");

    private string Staging => _place.Registry;

    private string Production => $"{_place.Registry}/prod";

    public async ValueTask InitializeAsync() => Assert.Equal(0, (await _place.RunAsync("push", "--metadata", "record.json")).Exit);

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return default;
    }

    [Fact]
    public async Task A_set_is_promoted_with_all_its_names_and_their_digests()
    {
        var done = await SetAsync();
        Assert.Equal((0, ""), (done.Exit, done.Error));
        foreach (var name in (string[])["hello:1", "hello:latest", "hello-amd64:1", "hello-arm64:latest"])
            Assert.Equal((await _place.RunAsync("inspect", $"{Staging}/{name}", "--raw")).Bytes, (await _place.RunAsync("inspect", $"{Production}/{name}", "--raw")).Bytes);
        Assert.Contains($"{Production}/hello:1 ", done.Output);
        Assert.EndsWith("6 tags set.\n", done.Output);
    }

    [Fact]
    public async Task The_second_time_only_reads()
    {
        Assert.Equal(0, (await SetAsync()).Exit);
        var again = await SetAsync("--verbose");
        Assert.Equal(0, again.Exit);
        Assert.EndsWith("Nothing to do: production has all of it.\n", again.Output);
        Assert.Matches("(?m)^HEAD ", again.Error);
        Assert.DoesNotMatch("(?m)^(PUT|POST|PATCH|DELETE) ", again.Error);
    }

    [Fact]
    public async Task Check_changes_nothing_and_ends_with_3_until_all_is_there()
    {
        var before = await SetAsync("--check", "--verbose");
        Assert.Equal(3, before.Exit);
        Assert.Contains("to promote", before.Output);
        Assert.DoesNotMatch("(?m)^(PUT|POST|PATCH|DELETE) ", before.Error);
        Assert.Equal(0, (await SetAsync()).Exit);
        Assert.Equal(0, (await SetAsync("--check")).Exit);
        Assert.Equal(0, (await _place.RunAsync("delete", $"{Production}/hello-arm64:1", "--yes")).Exit);
        Assert.Equal(3, (await SetAsync("--check")).Exit);
    }

    [Fact]
    public async Task What_production_s_nodes_cannot_run_is_refused()
    {
        _place.File("nodes.yaml", "nodes:\n- {name: old, platform: linux/s390x}\n");
        var refused = await SetAsync("--nodes", "nodes.yaml");
        Assert.Equal(6, refused.Exit);
        Assert.StartsWith("error VIA5063: ", refused.Error);
        Assert.Contains("no match for platform", refused.Output);
        Assert.StartsWith("error VIA9060", (await _place.RunAsync("tags", $"{Production}/hello")).Error);
        var json = await SetAsync("--nodes", "nodes.yaml", "--output", "json");
        Schemas.Conforms("promotion.schema.json", json.Json);
        Assert.True(json.Json.GetProperty("refused").GetBoolean());
    }

    [Fact]
    public async Task What_is_told_as_JSON_is_as_described()
    {
        var json = (await SetAsync("-o", "json")).Json;
        Schemas.Conforms("promotion.schema.json", json);
        Assert.Equal(6, json.GetProperty("names").GetArrayLength());
        Assert.All(json.GetProperty("names").EnumerateArray(), n => Assert.True(n.GetProperty("set").GetBoolean()));
        // The image starts no program.
        Assert.Equal("warning", json.GetProperty("after")[0].GetProperty("nodes")[0].GetProperty("verdict").GetString());
        Assert.DoesNotContain((await SetAsync("-o", "json")).Json.GetProperty("names").EnumerateArray(), n => n.GetProperty("set").GetBoolean());
    }

    [Fact]
    public async Task One_list_takes_along_the_names_of_its_images_that_show_what_it_names()
    {
        Assert.Equal(0, (await _place.RunAsync("copy", $"{Staging}/hello-arm64:1", $"{Staging}/hello-amd64:1", "--move-tag")).Exit);
        var done = await _place.RunAsync("promote", $"{Staging}/hello:1", $"{Production}/hi:2");
        Assert.Equal(0, done.Exit);
        Assert.Equal($"note: {Staging}/hello-amd64:1 is left behind: it shows another image than the list\n", done.Error);
        Assert.Equal("2\n", (await _place.RunAsync("tags", $"{Production}/hi-arm64")).Output);
        Assert.StartsWith("error VIA9060", (await _place.RunAsync("tags", $"{Production}/hi-amd64")).Error);
    }

    [Fact]
    public async Task What_cannot_be_promoted_says_why()
    {
        await ErrorAsync("VIA5060", 2, $"{Staging}/other", Production, "--metadata", "record.json");
        await ErrorAsync("VIA5062", 1, $"{Staging}/nothing:1", $"{Production}/nothing");
        await ErrorAsync("VIA5040", 2, Staging, Production, "--metadata", "images/hello/image.yaml");
        await ErrorAsync("VIA9001", 2, $"{Staging}/hello:1", $"{Production}/hello@sha256:{new string('a', 64)}");
        await ErrorAsync("VIA9001", 2, $"{Staging}:1/x@", Production, "--metadata", "record.json");
        Assert.Equal(0, (await _place.RunAsync("build", "--push-by-digest", "--platform", "linux/amd64", "--metadata", "leg.json")).Exit);
        await ErrorAsync("VIA5061", 2, Staging, Production, "--metadata", "leg.json");
    }

    private Task<Outcome> SetAsync(params string[] more) => _place.RunAsync(["promote", Staging, Production, "--metadata", "record.json", .. more]);

    private async Task ErrorAsync(string code, int exit, params string[] args)
    {
        var outcome = await _place.RunAsync(["promote", .. args]);
        Assert.StartsWith($"error {code}: ", outcome.Error);
        Assert.Equal(exit, outcome.Exit);
    }
}
