using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

/// <summary>One image for several platforms, and platforms that are declared for images that are there already.</summary>
public sealed class CreateTwicePlatformTests : IAsyncLifetime
{
    private static readonly Platform V6 = new("linux", "arm", "v6");
    private static readonly Platform V7 = new("linux", "arm", "v7");
    private ListBed _bed = null!;
    private RawManifest _image = null!;

    public async ValueTask InitializeAsync()
    {
        _bed = await ListBed.StartAsync();
        _image = await _bed.ImageAsync("a:1", V6);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_with_one_digest_for_two_platforms_is_two_entries(bool again)
    {
        await _bed.ListAsync("a:list", [Entry(V6), Entry(V7)]);

        var made = await _bed.CreateAsync("app:1", "a:list");
        if (again) made = await _bed.CreateAsync(_bed.Request("app:1", "a:list") with { Refresh = true });

        Assert.Equal([V6, V7], Platforms(made));
        Assert.Equal([V6, V7], Platforms(await _bed.FindAsync("app:1")));
        Assert.Contains(_bed.Notes, n => n.Contains("2 images"));
    }

    [Fact]
    public async Task A_second_platform_of_one_digest_that_a_list_has_no_more_is_refreshed_away()
    {
        await _bed.ListAsync("a:list", [Entry(V6), Entry(V7)]);
        await _bed.CreateAsync("app:1", "a:list");
        var newer = await _bed.ImageAsync("a:2", V6, "newer");
        await _bed.ListAsync("a:list", [newer.Descriptor with { Platform = V6 }, newer.Descriptor with { Platform = V7 }]);

        var made = await _bed.CreateAsync(_bed.Request("app:1", "a:list") with { Refresh = true });

        Assert.Equal([newer.Digest, newer.Digest], made.Entries.Select(e => e.Image.Descriptor.Digest));
    }

    [Fact]
    public async Task For_more_platforms_than_there_are_names_it_is_refused()
    {
        await _bed.ListAsync("a:list", [Entry(V6), Entry(V7), Entry(new("linux", "arm", "v5"))]);

        Assert.Equal("VIA5103", (await Assert.ThrowsAnyAsync<ViaductException>(() => _bed.CreateAsync("app:1", "a:list"))).Code);
        Assert.Null(await _bed.Store.FindAsync(_bed.Name("app:1"), default));
    }

    [Fact]
    public async Task Append_keeps_both_platforms_of_the_registry_s_list()
    {
        await _bed.ImageAsync("app:a", V6);
        await _bed.ListAsync("app:1", [Entry(V6), Entry(V7)]);
        await _bed.ImageAsync("b:1", new Platform("linux", "amd64"));

        var made = await _bed.CreateAsync(_bed.Request("app:1", "b:1") with { Append = true });

        Assert.Equal(3, made.Entries.Count);
        Assert.Equal(["linux/amd64", "linux/arm/v6", "linux/arm/v7"], Platforms(await _bed.FindAsync("app:1")).Select(p => p.ToString()));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_image_that_is_described_for_two_platforms_is_two_entries_also_the_second_time(bool amend, bool refresh)
    {
        var request = new CreateRequest(_bed.Name("app:1"), [new(_bed.Full("a:1"), V6), new(_bed.Full("a:1"), V7)]);

        Assert.Equal([V6, V7], Platforms(await _bed.CreateAsync(request)));
        Assert.Equal([V6, V7], Platforms(await _bed.CreateAsync(request with { Amend = amend, Refresh = refresh })));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_declared_platform_goes_before_what_is_there_and_what_it_leaves_open_stays(bool amend, bool refresh)
    {
        await _bed.CreateAsync("app:1", "a:1");
        await _bed.AnnotateAsync(new("app:1", "a:1") { OsVersion = "6", Annotations = new Dictionary<string, string> { ["k"] = "v" } });

        var made = await _bed.CreateAsync(new CreateRequest(_bed.Name("app:1"), [new(_bed.Full("a:1"), V7)]) { Amend = amend, Refresh = refresh });

        var entry = Assert.Single(made.Entries).Image.Descriptor;
        Assert.Equal("linux(6)/arm/v7", entry.Platform!.ToString());
        Assert.Equal("v", entry.Annotations["k"]);
    }

    [Fact]
    public async Task A_filter_is_for_lists_and_takes_nothing_from_an_image() =>
        Assert.Single((await _bed.CreateAsync(_bed.Request("app:1", "a:1") with { Platforms = [new("linux", "amd64")] })).Entries);

    private Descriptor Entry(Platform platform) => _image.Descriptor with { Platform = platform };

    private static IEnumerable<Platform> Platforms(StoredList list) => list.Entries.Select(e => e.Image.Descriptor.Platform!).OrderBy(p => p.ToString(), StringComparer.Ordinal);
}
