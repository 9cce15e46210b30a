using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Cli.Tests;

/// <summary>What things are called after a copy, and which of them go first.</summary>
public sealed class CopyTestsOfNames : IAsyncLifetime
{
    private readonly Place _place = new Place().Image("hello");
    private OciLayout _layout = null!;
    private RawManifest _list = null!;

    private IReadOnlyList<Descriptor> Children => _list.AsIndex().Manifests;

    public async ValueTask InitializeAsync()
    {
        Assert.Equal(0, (await _place.RunAsync("push")).Exit);
        Assert.Equal(0, (await _place.RunAsync("copy", $"{_place.Registry}/hello", "oci:in:all:1")).Exit);
        _layout = await OciLayout.OpenAsync(_place.PathOf("in"), default);
        _list = (await _layout.FindManifestAsync("all:1", default))!;
        await _layout.NameAsync("arch:1", await ImageAsync(0), default);
        await _layout.NameAsync("other:2", await ImageAsync(1), default);
    }

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return default;
    }

    private async Task<RawManifest> ImageAsync(int index) => (await _layout.FindManifestAsync(Children[index].Digest.ToString(), default))!;

    private static string Key(Descriptor entry) => $"{LayoutName.Of(entry)} {entry.Annotations.GetValueOrDefault(Annotations.RefName)} {entry.Digest}";

    private async Task<IEnumerable<string>> EntriesAsync(string folder) =>
        (await (await OciLayout.OpenAsync(_place.PathOf(folder), default)).ListAsync(default)).Select(Key).Order(StringComparer.Ordinal);

    [Fact]
    public async Task All_names_of_a_layout_are_whole_in_another_one()
    {
        await _layout.NameAsync(new LayoutName("3", "docker.io/library/a:3"), await ImageAsync(0), default);
        await _layout.NameAsync(new LayoutName("3", "docker.io/library/b:3"), await ImageAsync(1), default);
        for (var run = 0; run < 2; run++)
        {
            Assert.Equal(0, (await _place.RunAsync("copy", "oci:in", "oci:out", "--all-tags")).Exit);
            Assert.Equal(await EntriesAsync("in"), await EntriesAsync("out"));
        }
        Assert.Equal(5, (await EntriesAsync("out")).Count());
    }

    [Fact]
    public async Task A_tag_that_would_stand_for_two_images_is_refused_before_anything_is_done()
    {
        var refused = await _place.RunAsync("copy", "oci:in", "oci:out", $"{_place.Registry}/all", "--all-tags");
        Assert.Equal(2, refused.Exit);
        Assert.Contains("'1' would stand for several images of oci:in: all:1", refused.Error);
        Assert.False(Directory.Exists(_place.PathOf("out")));
        Assert.StartsWith("error VIA9060", (await _place.RunAsync("tags", $"{_place.Registry}/all")).Error);
    }

    [Fact]
    public async Task A_tag_that_must_not_move_stops_all_tags_before_the_first()
    {
        await using var other = await _place.ServeAsync();
        Assert.Equal(0, (await _place.RunAsync("copy", "oci:in:all:1", $"{_place.Registry}/from:1")).Exit);
        Assert.Equal(0, (await _place.RunAsync("copy", "oci:in:other:2", $"{_place.Registry}/from:2")).Exit);
        Assert.Equal(0, (await _place.RunAsync("copy", "oci:in:arch:1", $"{other.Address}/to:2")).Exit);
        Assert.StartsWith("error VIA5151", (await _place.RunAsync("copy", $"{_place.Registry}/from", $"{other.Address}/to", "--all-tags")).Error);
        Assert.Equal("2\n", (await _place.RunAsync("tags", $"{other.Address}/to")).Output);
    }

    [Fact]
    public async Task Without_referrers_tags_of_signatures_stay_behind()
    {
        var signature = $"sha256-{_list.Digest.Hex}.sig";
        Assert.Equal(0, (await _place.RunAsync("copy", "oci:in:all:1", $"{_place.Registry}/from:1")).Exit);
        Assert.Equal(0, (await _place.RunAsync("copy", "oci:in:other:2", $"{_place.Registry}/from:{signature}")).Exit);
        Assert.Equal(0, (await _place.RunAsync("copy", $"{_place.Registry}/from", $"{_place.Registry}/to", "--all-tags", "--no-referrers")).Exit);
        Assert.Equal("1\n", (await _place.RunAsync("tags", $"{_place.Registry}/to")).Output);
        Assert.Equal(0, (await _place.RunAsync("copy", $"{_place.Registry}/from", $"{_place.Registry}/to", "--all-tags")).Exit);
        Assert.Equal($"1\n{signature}\n", (await _place.RunAsync("tags", $"{_place.Registry}/to")).Output);
    }

    [Fact]
    public async Task Several_names_of_one_place_are_one_target()
    {
        Directory.CreateDirectory(_place.PathOf("sub"));
        var copied = await _place.RunAsync("copy", "oci:in:all:1", "oci-archive:a.tar:x", "oci-archive:sub/../a.tar:y", $"{_place.Registry}/r:1", $"{_place.Registry}/r:2", "-o", "json");
        Assert.Equal(0, copied.Exit);
        Assert.Equal(2, copied.Json.GetProperty("copies").GetArrayLength());
        foreach (var name in (string[])["x", "y"]) Assert.Equal(0, (await _place.RunAsync("inspect", $"oci-archive:a.tar:{name}")).Exit);
        Assert.Equal("1\n2\n", (await _place.RunAsync("tags", $"{_place.Registry}/r")).Output);
    }

    [Fact]
    public async Task A_source_that_is_not_there_leaves_no_layout_at_the_target()
    {
        Assert.StartsWith("error VIA9008", (await _place.RunAsync("copy", $"{_place.Registry}/hello:absent", "oci:out")).Error);
        Assert.False(Directory.Exists(_place.PathOf("out")));
    }

    [Fact]
    public async Task An_archive_that_cannot_be_written_is_found_out_before_anything_is_copied()
    {
        Directory.CreateDirectory(_place.PathOf("folder"));
        File.WriteAllText(_place.PathOf("file"), "");
        foreach (var path in (string[])["folder", "file/a.tar"])
        {
            var refused = await _place.RunAsync("copy", "oci:in:all:1", $"{_place.Registry}/r:1", $"oci-archive:{path}");
            Assert.Equal((2, true), (refused.Exit, refused.Error.StartsWith("error VIA9001", StringComparison.Ordinal)));
        }
        Assert.StartsWith("error VIA9060", (await _place.RunAsync("tags", $"{_place.Registry}/r")).Error);
    }
}
