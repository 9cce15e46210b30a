namespace Viaduct.Cli.Tests;

public sealed class ListTests
{
    [Fact]
    public async Task A_list_is_made_from_images_that_are_there()
    {
        using var place = new Place().Image("hello");
        await place.RunAsync("push");
        var r = place.Registry;
        var outcome = await place.RunAsync("assemble", $"{r}/both:1", $"{r}/hello-amd64:latest", $"linux/arm64={r}/hello-arm64:latest", "--tag", "2,stable", "--platform", "linux/amd64,linux/arm64");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Equal(3, outcome.Output.TrimEnd().Split('\n').Length);
        Assert.Matches($"^{r}/both:1@sha256:[0-9a-f]{{64}}\n", outcome.Output);
        var digest = outcome.Output.Split('\n')[0].Split('@')[1];
        var list = (await place.RunAsync("inspect", $"{r}/both:stable", "--output", "json")).Json;
        Assert.Equal(digest, list.GetProperty("digest").GetString());
    }

    [Theory]
    [InlineData("{0}/hello-amd64:latest {0}/hello-amd64:latest", 1, "VIA5004")]
    [InlineData("{0}/hello-amd64:missing", 1, "VIA5002")]
    [InlineData("linux/s390x={0}/hello-amd64:latest", 6, "VIA5006")]
    [InlineData("{0}/hello-amd64:latest --platform linux/arm64", 1, "VIA5008")]
    [InlineData("linux={0}/hello-amd64:latest", 2, "VIA9013")]
    [InlineData("{0}/hello-amd64:late!st", 2, "VIA1002")]
    [InlineData("", 2, "VIA5009")]
    public async Task A_list_that_would_be_wrong_is_not_made(string children, int exit, string code)
    {
        using var place = new Place().Image("hello");
        await place.RunAsync("push");
        var words = string.Format(children, place.Registry).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var outcome = await place.RunAsync(["assemble", $"{place.Registry}/both:1", .. words]);
        Assert.StartsWith($"error {code}", outcome.Error);
        Assert.Equal(exit, outcome.Exit);
        Assert.Equal(1, (await place.RunAsync("inspect", $"{place.Registry}/both:1")).Exit);
    }

    [Fact]
    public async Task A_list_that_exists_is_moved_only_when_that_was_said()
    {
        using var place = new Place().Image("hello");
        await place.RunAsync("push");
        string[] words = ["assemble", $"{place.Registry}/hello:latest", $"{place.Registry}/hello-amd64:latest"];
        var refused = await place.RunAsync(words);
        Assert.Equal(1, refused.Exit);
        Assert.StartsWith("error VIA5001", refused.Error);
        Assert.Equal(0, (await place.RunAsync([.. words, "--move-tag"])).Exit);
    }

    [Fact]
    public async Task A_declared_platform_is_trusted_when_that_was_said()
    {
        using var place = new Place().Image("hello");
        await place.RunAsync("push");
        var outcome = await place.RunAsync("assemble", $"{place.Registry}/odd:1", $"linux/s390x={place.Registry}/hello-amd64:latest", "--trust-declared", "--output", "json");
        Assert.Equal(0, outcome.Exit);
        Assert.Equal($"{place.Registry}/odd:1", outcome.Json.GetProperty("lists")[0].GetProperty("names")[0].GetString());
        Assert.Contains("config says linux/amd64, not linux/s390x", (await place.RunAsync("inspect", $"{place.Registry}/odd:1")).Output);
    }

    [Fact]
    public async Task The_set_is_assembled_when_other_machines_have_built_it()
    {
        using var place = new Place().Image("hello");
        var early = await place.RunAsync("assemble");
        Assert.Equal(1, early.Exit);
        Assert.Contains("error VIA9010: 2 images are not in the registry", early.Error);
        Assert.Contains("'viaduct push'", early.Error);

        await place.RunAsync("push", "--platform", "linux/amd64");
        await place.RunAsync("push", "--platform", "linux/arm64");
        Assert.Equal(1, (await place.RunAsync("inspect", $"{place.Registry}/hello:latest")).Exit);
        var outcome = await place.RunAsync("assemble");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Equal(0, (await place.RunAsync("inspect", outcome.Output.Trim())).Exit);
    }

    [Fact]
    public async Task A_node_that_would_get_nothing_fails_the_simulation()
    {
        using var place = new Place().Image("hello");
        await place.RunAsync("push");
        var outcome = await place.RunAsync("simulate", $"{place.Registry}/hello:latest", "--platform", "linux/s390x");
        Assert.Equal(6, outcome.Exit);
        Assert.Matches("linux/s390x +failure", outcome.Output);
        var json = (await place.RunAsync("simulate", $"{place.Registry}/hello:latest", "--platform", "linux/s390x", "-o", "json")).Json;
        Assert.Equal("failure", json.GetProperty("lists")[0].GetProperty("nodes")[0].GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task The_lists_of_the_set_are_simulated_on_their_platforms()
    {
        using var place = new Place().Image("hello");
        Assert.Equal(1, (await place.RunAsync("simulate")).Exit);
        await place.RunAsync("push");
        var outcome = await place.RunAsync("simulate", "--deep");
        Assert.Contains("linux/amd64", outcome.Output);
        Assert.Contains("linux/arm64", outcome.Output);
    }
}
