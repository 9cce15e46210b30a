namespace Viaduct.Cli.Tests;

public sealed class DeleteTests : IAsyncLifetime
{
    private readonly Place _place = new Place().Image("hello", "tags: [\"1\", latest]\n");
    private Served _served = null!;
    private string _digest = null!;

    private string Name => $"{_served.Address}/hello";

    public async ValueTask InitializeAsync()
    {
        _served = await _place.ServeAsync();
        Assert.Equal(0, (await _place.RunAsync("push", "--registry", _served.Address)).Exit);
        _digest = (await _place.RunAsync("inspect", $"{Name}:1", "-o", "json")).Json.GetProperty("digest").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task A_tag_goes_alone()
    {
        Assert.Equal($"{Name}:1: deleted\n", (await _place.RunAsync("delete", $"{Name}:1")).Output);
        Assert.Equal("latest\n", (await _place.RunAsync("tags", Name)).Output);
        Assert.StartsWith("error VIA9008", (await _place.RunAsync("delete", $"{Name}:1")).Error);
    }

    [Fact]
    public async Task A_manifest_goes_with_its_tags_and_what_is_about_it()
    {
        var sbom = await AboutImages.AttachAsync(_served.Address, "hello", "latest", "application/spdx+json");
        var dry = await _place.RunAsync("delete", $"{Name}@{_digest}", "--dry-run");
        Assert.Equal($"{Name}@{_digest} goes, and with it:\n  the tag 1\n  the tag latest\n  application/spdx+json {sbom}, which is about it\n", dry.Output);
        Assert.Equal("1\nlatest\n", (await _place.RunAsync("tags", Name)).Output);

        Assert.Equal($"{Name}@{_digest}: deleted, and with it 1, latest\n", (await _place.RunAsync("delete", $"{Name}@{_digest}", "--yes")).Output);
        Assert.Equal(1, (await _place.RunAsync("tags", Name)).Exit);
        Assert.StartsWith("error VIA9008", (await _place.RunAsync("inspect", $"{Name}@{sbom}")).Error);
    }

    [Fact]
    public async Task The_lists_that_name_an_image_are_told()
    {
        var child = (await _place.RunAsync("inspect", $"{Name}:1", "-o", "json")).Json.GetProperty("manifests")[0].GetProperty("digest").GetString();
        var dry = await _place.RunAsync("delete", $"{Name}@{child}", "--dry-run");
        Assert.Contains("  the list 1 names it, and would not be whole any more\n", dry.Output);
    }

    [Fact]
    public async Task Nobody_who_can_be_asked_means_no()
    {
        var outcome = await _place.RunAsync("delete", $"{Name}@{_digest}");
        Assert.Equal(2, outcome.Exit);
        Assert.Contains("error VIA9061", outcome.Error);
        Assert.Equal("1\nlatest\n", (await _place.RunAsync("tags", Name)).Output);
    }

    [Theory]
    [InlineData("n", 1)]
    [InlineData("", 1)]
    [InlineData("y", 0)]
    public async Task A_terminal_is_asked(string answer, int exit)
    {
        using var asked = new Place { InputIsTerminal = true, ErrorIsTerminal = true, Ask = _ => answer };
        var outcome = await asked.RunAsync("delete", $"{Name}@{_digest}");
        Assert.Equal(exit, outcome.Exit);
        Assert.Contains("the tag latest", outcome.Error);
        Assert.Equal(exit, (await _place.RunAsync("tags", Name)).Exit == 0 ? 1 : 0);
    }

    [Fact]
    public async Task Nothing_is_deleted_because_it_is_called_latest_by_default()
    {
        Assert.Equal(2, (await _place.RunAsync("delete", Name)).Exit);
        Assert.Equal("1\nlatest\n", (await _place.RunAsync("tags", Name)).Output);
    }
}
