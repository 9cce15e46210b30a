namespace Viaduct.Cli.Tests;

public sealed class BuildTests
{
    [Fact]
    public async Task A_build_needs_no_registry_and_leaves_none_behind()
    {
        using var place = new Place().Image("hello");
        var outcome = await place.RunAsync("build", "--registry", $"127.0.0.1:{Place.FreePort()}");
        Assert.Equal(0, outcome.Exit);
        Assert.Equal(4, outcome.Output.TrimEnd().Split('\n').Length); // head, two platforms, one list
        Assert.Empty(outcome.Error);
        Assert.False(Directory.Exists(place.PathOf(".viaduct/registry")));
    }

    [Fact]
    public async Task A_layout_holds_children_and_lists_under_their_names()
    {
        using var place = new Place().Image("hello", "tags: [\"1.0\", latest]");
        Assert.Equal(0, (await place.RunAsync("build", "-o", "out")).Exit);
        var list = (await place.RunAsync("inspect", "oci:out:hello:1.0", "--output", "json")).Json;
        var platforms = list.GetProperty("manifests").EnumerateArray().Select(m => m.GetProperty("platform").GetString());
        Assert.Equal(["linux/amd64", "linux/arm64"], platforms);
        var child = (await place.RunAsync("inspect", "oci:out:hello-arm64:latest", "--output", "json")).Json;
        Assert.Equal(list.GetProperty("manifests")[1].GetProperty("digest").GetString(), child.GetProperty("digest").GetString());
    }

    [Fact]
    public async Task A_layout_of_many_images_asks_for_a_name()
    {
        using var place = new Place().Image("hello");
        await place.RunAsync("build", "-o", "out");
        var outcome = await place.RunAsync("inspect", "oci:out");
        Assert.Equal(2, outcome.Exit);
        Assert.Contains("oci:out:hello:latest", outcome.Error);
        Assert.Equal(1, (await place.RunAsync("inspect", "oci:out:bye:latest")).Exit);
    }

    [Fact]
    public async Task Metadata_goes_to_a_file()
    {
        using var place = new Place().Image("hello");
        Assert.Equal(0, (await place.RunAsync("build", "--metadata", "m.json", "--platform", "linux/arm64")).Exit);
        var json = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(place.PathOf("m.json"))).RootElement;
        Assert.Equal("linux/arm64", Assert.Single(json.GetProperty("images").EnumerateArray()).GetProperty("platform").GetString());
        Assert.Empty(json.GetProperty("lists").EnumerateArray());
    }

    [Fact]
    public async Task The_epoch_decides_the_digest()
    {
        using var place = new Place().Image("hello");
        var first = await place.RunAsync("build");
        Assert.Equal(first.Output, (await place.RunAsync("build")).Output);
        Assert.NotEqual(first.Output, (await place.With("SOURCE_DATE_EPOCH", "1700000000").RunAsync("build")).Output);
    }

    [Fact]
    public async Task An_error_in_a_Dockerfile_names_its_line()
    {
        using var place = new Place().Image("hello", dockerfile: "FROM scratch\nCOPPY a b\n");
        var outcome = await place.RunAsync("build");
        Assert.NotEqual(0, outcome.Exit);
        Assert.Matches("error VIA21[0-9]+: .*Dockerfile:2", outcome.Error);
    }
}
