namespace Viaduct.Cli.Tests;

public sealed class TagsTests : IAsyncLifetime
{
    private readonly Place _place = new Place().Image("hello", "tags: [\"2\", \"10\", latest]\n");

    public async ValueTask InitializeAsync() => Assert.Equal(0, (await _place.RunAsync("push")).Exit);

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return default;
    }

    [Fact]
    public async Task Tags_are_listed_in_the_order_of_their_bytes()
    {
        Assert.Equal("10\n2\nlatest\n", (await _place.RunAsync("tags", $"{_place.Registry}/hello")).Output);
        var json = (await _place.RunAsync("tags", $"{_place.Registry}/hello", "-o", "json")).Json;
        Schemas.Conforms("tags.schema.json", json);
        Assert.Equal(["10", "2", "latest"], json.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
    }

    [Theory]
    [InlineData("nothing", 1, "VIA9060")]
    [InlineData("hello:2", 2, "VIA9001")]
    public async Task What_has_no_tags_is_told(string name, int exit, string code)
    {
        var outcome = await _place.RunAsync("tags", $"{_place.Registry}/{name}");
        Assert.Equal(exit, outcome.Exit);
        Assert.StartsWith($"error {code}", outcome.Error);
    }
}
