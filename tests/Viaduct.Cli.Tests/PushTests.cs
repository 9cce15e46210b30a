namespace Viaduct.Cli.Tests;

public sealed class PushTests
{
    [Fact]
    public async Task What_was_pushed_is_not_planned_again()
    {
        using var place = new Place().Image("hello");
        var before = await place.RunAsync("plan", "--check");
        Assert.Equal(3, before.Exit);
        Assert.False(Directory.Exists(place.PathOf(".viaduct/registry")), "A plan makes no store.");

        var pushed = await place.RunAsync("push");
        Assert.Equal(0, pushed.Exit);
        Assert.Contains("built", pushed.Output);
        Assert.Empty(pushed.Error);

        var after = await place.RunAsync("plan", "--check");
        Assert.Equal(0, after.Exit);
        Assert.Contains("Nothing to do", after.Output);
    }

    [Fact]
    public async Task A_record_is_printed_and_written()
    {
        using var place = new Place().Image("hello");
        var outcome = await place.RunAsync("push", "--output", "json", "--metadata", "m.json");
        Assert.Equal(outcome.Bytes, File.ReadAllBytes(place.PathOf("m.json")));
        Assert.Equal(place.Registry, outcome.Json.GetProperty("registry").GetString());
    }

    [Fact]
    public async Task A_tag_of_a_foreign_registry_is_only_moved_when_that_was_said()
    {
        using var server = new Place();
        await using var registry = await server.ServeAsync();
        using var place = new Place().Image("hello").With("VIADUCT_REGISTRY", registry.Address);
        Assert.Equal(0, (await place.RunAsync("push")).Exit);
        place.File("images/hello/hello.txt", "other\n");

        var refused = await place.RunAsync("push");
        Assert.Equal(1, refused.Exit);
        Assert.StartsWith("error VIA5001", refused.Error);
        Assert.Equal(0, (await place.RunAsync("push", "--move-tag")).Exit);
    }

    [Fact]
    public async Task Tags_and_platforms_are_taken_from_the_command_line_before_the_environment()
    {
        using var place = new Place().Image("hello").With("VIADUCT_TAG", "from-environment").With("VIADUCT_PLATFORM", "linux/amd64");
        Assert.Contains("hello:from-environment", (await place.RunAsync("plan", "--platform", "linux/amd64,linux/arm64")).Output);
        var plan = (await place.RunAsync("plan", "--tag", "1", "--tag", "2,3", "--output", "json")).Json;
        var tags = plan.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("step").GetString() == "tag").Select(s => s.GetProperty("name").GetString());
        Assert.Equal([$"{place.Registry}/hello-amd64:1", $"{place.Registry}/hello-amd64:2", $"{place.Registry}/hello-amd64:3"], tags);
    }

    [Fact]
    public async Task Every_value_of_the_configuration_is_explained_and_no_argument_is_shown()
    {
        using var place = new Place().With("VIADUCT_TAG", "9").File("viaduct.yaml", "registry: registry.invalid/team\ndefaults:\n  platforms: [linux/amd64]\n  args: { TOKEN: hunter2 }\n");
        place.Image("hello", "builder: embedded\n").With("VIADUCT_REGISTRY", "");
        place.File(".viaduct/registry/x", "");
        var outcome = await place.RunAsync("plan", "--explain", "--registry", await EmptyRegistryAsync(place));
        Assert.Equal(0, outcome.Exit);
        Assert.DoesNotContain("hunter2", outcome.Output);
        Assert.Matches("hello +platforms +linux/amd64 +viaduct.yaml:3:14", outcome.Output);
        Assert.Matches("hello +builder +embedded +images/hello/image.yaml:1:10", outcome.Output);
        Assert.Matches("hello +tags +9 +VIADUCT_TAG", outcome.Output);
        Assert.Matches("hello +child +.* +default", outcome.Output);
        Assert.Matches("hello +args.TOKEN +sha256:[0-9a-f]{12} +viaduct.yaml:4:18", outcome.Output);
        Assert.Matches("- +registry +127.0.0.1:[0-9]+ +--registry", outcome.Output);
    }

    private static async Task<string> EmptyRegistryAsync(Place place) => (await place.ServeAsync()).Address;
}
