namespace Viaduct.Cli.Tests;

public sealed class CopyTests : IAsyncLifetime
{
    private readonly Place _place = new Place().Image("hello");

    private string Name => $"{_place.Registry}/hello";

    public async ValueTask InitializeAsync() => Assert.Equal(0, (await _place.RunAsync("push")).Exit);

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return default;
    }

    [Fact]
    public async Task The_source_s_tag_is_the_target_s_unless_it_has_one()
    {
        Assert.Equal(0, (await _place.RunAsync("copy", $"{Name}:latest", $"{_place.Registry}/a/hello", $"{_place.Registry}/b/hello:2", "--tag", "3,4")).Exit);
        Assert.Equal("3\n4\n", (await _place.RunAsync("tags", $"{_place.Registry}/a/hello")).Output);
        Assert.Equal("2\n3\n4\n", (await _place.RunAsync("tags", $"{_place.Registry}/b/hello")).Output);
        Assert.Equal(0, (await _place.RunAsync("copy", $"docker://{Name}:latest", $"{_place.Registry}/c/hello")).Exit);
        Assert.Equal("latest\n", (await _place.RunAsync("tags", $"{_place.Registry}/c/hello")).Output);
    }

    [Fact]
    public async Task What_goes_through_a_layout_and_an_archive_is_the_same()
    {
        var raw = (await _place.RunAsync("inspect", Name, "--raw")).Bytes;
        Assert.Equal(0, (await _place.RunAsync("copy", Name, "oci:out:hello:1", "oci-archive:a.tar")).Exit);
        Assert.Equal(0, (await _place.RunAsync("copy", "oci-archive:a.tar", $"{_place.Registry}/again")).Exit);
        Assert.Equal(raw, (await _place.RunAsync("inspect", "oci:out:hello:1", "--raw")).Bytes);
        Assert.Equal(raw, (await _place.RunAsync("inspect", "oci-archive:a.tar", "--raw")).Bytes);
        Assert.Equal(raw, (await _place.RunAsync("inspect", $"{_place.Registry}/again:latest", "--raw")).Bytes);
    }

    [Fact]
    public async Task What_was_done_is_told_as_text_and_as_JSON()
    {
        var digest = (await _place.RunAsync("inspect", Name, "-o", "json")).Json.GetProperty("digest").GetString();
        var first = await _place.RunAsync("copy", Name, $"{_place.Registry}/to", "-o", "json", "--digest-file", "digest");
        Schemas.Conforms("copy.schema.json", first.Json);
        Assert.Equal((3, 0), (first.Json.GetProperty("copies")[0].GetProperty("manifests").GetProperty("copied").GetInt32(), first.Json.GetProperty("copies")[0].GetProperty("bytes").GetInt32()));
        Assert.Equal(digest, File.ReadAllText(_place.PathOf("digest")));

        var second = await _place.RunAsync("copy", Name, $"{_place.Registry}/to");
        Assert.Equal($"{_place.Registry}/to:latest (as it was): {digest}\n  manifests  3 present\n", second.Output);
        Assert.Empty(second.Error);
    }

    [Fact]
    public async Task One_platform_is_one_image()
    {
        Assert.Equal(0, (await _place.RunAsync("copy", Name, $"{_place.Registry}/arm:1", "--platform", "linux/arm64")).Exit);
        Assert.Contains("image.manifest", (await _place.RunAsync("inspect", $"{_place.Registry}/arm:1")).Output);
        Assert.StartsWith("error VIA9009", (await _place.RunAsync("copy", Name, $"{_place.Registry}/arm:1", "--platform", "linux/s390x")).Error);
    }

    [Fact]
    public async Task All_tags_are_copied_as_they_are()
    {
        await _place.RunAsync("copy", $"{Name}:latest", $"{_place.Registry}/hello:1");
        await _place.RunAsync("copy", $"{Name}:latest", $"{_place.Registry}/hello:arm", "--platform", "linux/arm64");
        var copied = await _place.RunAsync("copy", Name, "oci:out", $"{_place.Registry}/all", "--all-tags");
        Assert.Equal((0, ""), (copied.Exit, copied.Error));
        foreach (var place in (string[])["oci:out", $"{_place.Registry}/all"])
            Assert.Equal((await _place.RunAsync("tags", Name)).Output, (await _place.RunAsync("tags", place)).Output);
        Assert.Equal((await _place.RunAsync("inspect", $"{Name}:arm", "--raw")).Bytes, (await _place.RunAsync("inspect", $"{_place.Registry}/all:arm", "--raw")).Bytes);
        Assert.Equal(0, (await _place.RunAsync("copy", "oci:out", $"{_place.Registry}/back", "--all-tags")).Exit);
        Assert.Equal((await _place.RunAsync("tags", Name)).Output, (await _place.RunAsync("tags", $"{_place.Registry}/back")).Output);
    }

    [Fact]
    public async Task A_dry_run_leaves_no_trace()
    {
        var dry = await _place.RunAsync("copy", Name, $"{_place.Registry}/dry", "oci:dry", "--dry-run");
        Assert.Contains("3 to copy", dry.Output);
        Assert.False(Directory.Exists(_place.PathOf("dry")));
        Assert.StartsWith("error VIA9060", (await _place.RunAsync("tags", $"{_place.Registry}/dry")).Error);
    }

    [Fact]
    public async Task A_tag_of_another_registry_is_not_moved_without_a_word()
    {
        await using var other = await _place.ServeAsync();
        await _place.RunAsync("copy", Name, $"{_place.Registry}/arm", "--platform", "linux/arm64");
        Assert.Equal(0, (await _place.RunAsync("copy", Name, $"{other.Address}/hello:1")).Exit);
        var refused = await _place.RunAsync("copy", $"{_place.Registry}/arm", $"{other.Address}/hello:1");
        Assert.Equal(1, refused.Exit);
        Assert.StartsWith("error VIA5151", refused.Error);
        Assert.Equal(0, (await _place.RunAsync("copy", $"{_place.Registry}/arm", $"{other.Address}/hello:1", "--move-tag")).Exit);
        Assert.Equal(0, (await _place.RunAsync("copy", Name, $"{_place.Registry}/arm")).Exit);
    }

    [Theory]
    [InlineData("--all-tags", "REG/hello:latest", "REG/x")]
    [InlineData("--all-tags", "REG/hello", "oci-archive:a.tar")]
    [InlineData("--platform", "linux/amd64,linux/arm64", "REG/hello", "REG/x")]
    [InlineData("--tag", "-x", "REG/hello", "REG/x")]
    [InlineData("--mirror", "nothing", "REG/hello", "REG/x")]
    [InlineData("REG/hello")]
    [InlineData("REG/hello", "REG/x@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task Words_that_mean_nothing_are_refused(params string[] words) =>
        Assert.Equal(2, (await _place.RunAsync(["copy", .. words.Select(w => w.Replace("REG", _place.Registry))])).Exit);

    [Fact]
    public async Task A_mirror_is_read_and_the_registry_is_not_asked()
    {
        await using var other = await _place.ServeAsync();
        await _place.RunAsync("copy", Name, $"{other.Address}/hello:latest");
        Assert.Equal(0, (await _place.RunAsync("copy", "registry.invalid/hello:latest", "oci:out", "--no-referrers", "--mirror", $"registry.invalid=http://{other.Address}")).Exit);
        _place.With("VIADUCT_MIRRORS", $"registry.invalid=http://{other.Address}");
        Assert.Equal(2, (await _place.RunAsync("inspect", "registry.invalid/hello:latest", "-o", "json")).Json.GetProperty("manifests").GetArrayLength());
    }

    [Fact]
    public async Task A_terminal_sees_what_is_copied()
    {
        using var place = new Place { ErrorIsTerminal = true }.Image("hello");
        await place.RunAsync("push");
        var outcome = await place.RunAsync("copy", $"{place.Registry}/hello", "oci:out");
        Assert.Contains("copied", outcome.Error);
        Assert.Contains("tagged", outcome.Error);
    }
}
