using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

/// <summary>Children that are lists, which docker refuses, and lists of the registry that are added to.</summary>
public sealed class CreateOfListsTests : IAsyncLifetime
{
    private static readonly Platform Amd64 = new("linux", "amd64");
    private static readonly Platform Arm64 = new("linux", "arm64");
    private ListBed _bed = null!;
    private RawManifest _amd64 = null!;
    private RawManifest _arm64 = null!;
    private Descriptor _attestation = null!;

    public async ValueTask InitializeAsync()
    {
        _bed = await ListBed.StartAsync();
        _amd64 = await _bed.ImageAsync("a:amd64", Amd64);
        _arm64 = await _bed.ImageAsync("a:arm64", Arm64);
        _attestation = await _bed.AttestationAsync("a:att", _amd64);
        await _bed.ListAsync("a:one", [Entry(_amd64, Amd64), _attestation]);
        await _bed.ListAsync("a:two", [Entry(_amd64, Amd64) with { Annotations = new Dictionary<string, string> { ["k"] = "v" } }, Entry(_arm64, Arm64), _attestation]);
        _bed.Forget();
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_list_of_one_image_is_that_image_under_the_name_typed_and_its_attestation_comes_along()
    {
        var made = await _bed.CreateAsync("app:1", "a:one");

        var image = Assert.Single(made.Entries).Image;
        Assert.Equal((_bed.Name("a:one"), _amd64.Descriptor with { Platform = Amd64 }), (image.Ref, image.Descriptor));
        Assert.Equal(_attestation.Digest, Assert.Single((await _bed.FindAsync("app:1")).Companion.Attestations).Entry.Digest);
        // The list, the image, the attestation: its entry says the platform.
        Assert.Equal(3, _bed.Requests.Count);
        Assert.Contains(_bed.Notes, n => n.Contains("attestations"));
        await _bed.AnnotateAsync(new("app:1", "a:one") { Variant = "v2" });
        Assert.Equal("v2", (await _bed.FindAsync("app:1")).Entries[0].Image.Descriptor.Platform!.Variant);
    }

    [Fact]
    public async Task Attestations_can_be_dropped()
    {
        Assert.Empty((await _bed.CreateAsync(_bed.Request("app:1", "a:one") with { DropAttestations = true })).Companion.Attestations);
        Assert.Equal(2, _bed.Requests.Count);
        Assert.Empty(_bed.Notes);
    }

    [Fact]
    public async Task Of_a_list_of_several_images_each_is_an_entry_by_its_digest()
    {
        var made = await _bed.CreateAsync("app:1", "a:two");

        Assert.Equal(new[] { _amd64, _arm64 }.Select(i => _bed.Full($"a:two@{i.Digest}")).Order(StringComparer.Ordinal), made.Entries.Select(e => e.Image.Ref.ToString()));
        // What the list says of them is the list's.
        Assert.Empty(made.Find(_bed.Name($"a:two@{_amd64.Digest}"))!.Image.Descriptor.Annotations);
        Assert.Contains(_bed.Notes, n => n.Contains("2 images"));
        Assert.Contains("several images", (await Assert.ThrowsAsync<ManifestException>(() => _bed.AnnotateAsync(new("app:1", "a:two")))).Message);
    }

    [Fact]
    public async Task Of_several_images_only_those_of_the_platforms_asked_for_are_taken_and_read()
    {
        var made = await _bed.CreateAsync(_bed.Request("app:1", "a:two") with { Platforms = [new("linux", "aarch64", "v8")] });

        Assert.Equal(_bed.Full($"a:two@{_arm64.Digest}"), Assert.Single(made.Entries).Image.Ref.ToString());
        Assert.Empty(made.Companion.Attestations);
        Assert.Equal(2, _bed.Requests.Count);
        var error = await Assert.ThrowsAsync<ManifestException>(() => _bed.CreateAsync(_bed.Request("app:2", "a:two") with { Platforms = [new("linux", "s390x")] }));
        Assert.Equal(("VIA5103", $"{_bed.Full("a:two")} is a manifest list"), (error.Code, error.Words));
        Assert.Contains("linux/arm64", error.Todo);
    }

    [Fact]
    public async Task Lists_in_lists_are_flattened_and_a_platform_that_no_entry_says_is_read_from_the_config()
    {
        var inner = await _bed.ListAsync("a:inner", [Entry(_arm64, null)]);
        await _bed.ListAsync("a:outer", [inner.Descriptor, Entry(_amd64, Amd64)]);

        var made = await _bed.CreateAsync("app:1", "a:outer");

        Assert.Equal([(_amd64.Digest, "linux/amd64"), (_arm64.Digest, "linux/arm64")],
            made.Entries.Select(e => (e.Image.Descriptor.Digest, e.Image.Descriptor.Platform!.ToString())).OrderBy(e => e.Item2));
    }

    [Fact]
    public async Task Lists_that_are_nested_without_end_and_lists_of_nothing_are_refused()
    {
        var list = await _bed.ListAsync("a:l0", [Entry(_amd64, Amd64)]);
        for (var i = 1; i <= 4; i++) list = await _bed.ListAsync($"a:l{i}", [list.Descriptor]);
        await _bed.ListAsync("a:none", []);

        Assert.Single((await _bed.CreateAsync("app:1", "a:l3")).Entries);
        Assert.Contains("nested", (await Assert.ThrowsAsync<ManifestException>(() => _bed.CreateAsync("app:2", "a:l4"))).Message);
        Assert.Contains("no image", (await Assert.ThrowsAsync<ManifestException>(() => _bed.CreateAsync("app:2", "a:none"))).Message);
    }

    [Fact]
    public async Task Refresh_takes_out_what_a_list_has_no_more()
    {
        await _bed.CreateAsync("app:1", "a:two");
        await _bed.ListAsync("a:two", [Entry(_arm64, Arm64)]);

        var now = await _bed.CreateAsync(_bed.Request("app:1", "a:two") with { Refresh = true });

        var image = Assert.Single(now.Entries).Image;
        Assert.Equal((_bed.Name("a:two"), _arm64.Digest), (image.Ref, image.Descriptor.Digest));
        Assert.Empty((await _bed.FindAsync("app:1")).Companion.Attestations);
    }

    [Fact]
    public async Task Append_begins_with_the_registry_s_list_and_a_new_image_takes_the_place_of_the_old_one()
    {
        foreach (var image in new[] { "a:amd64", "a:arm64" }) await CopyAsync(image);
        await _bed.ListAsync("app:1", [Entry(_amd64, Amd64) with { Annotations = new Dictionary<string, string> { ["k"] = "v" } }, Entry(_arm64, Arm64), _attestation], new Dictionary<string, string> { ["kept"] = "yes" });
        var newer = await _bed.ImageAsync("b:1", Arm64, "newer");

        var made = await _bed.CreateAsync(_bed.Request("app:1", "b:1") with { Append = true });

        Assert.Equal([(_bed.Full($"app:1@{_amd64.Digest}"), _amd64.Digest), (_bed.Full("b:1"), newer.Digest)], made.Entries.Select(e => (e.Image.Ref.ToString(), e.Image.Descriptor.Digest)));
        Assert.Equal("v", made.Entries[0].Image.Descriptor.Annotations["k"]);
        Assert.Equal("yes", made.Companion.Annotations["kept"]);
        Assert.Equal(_attestation.Digest, Assert.Single(made.Companion.Attestations).Entry.Digest);
        Assert.Contains(_bed.Notes, n => n.Contains("takes the place"));
    }

    [Fact]
    public async Task Append_to_nothing_is_a_list_like_any_other()
    {
        Assert.Single((await _bed.CreateAsync(_bed.Request("app:9", "a:amd64") with { Append = true })).Entries);
        Assert.Contains(_bed.Notes, n => n.Contains("nothing to append to"));
    }

    [Fact]
    public async Task Who_amends_with_an_image_that_another_name_has_too_gets_both_because_each_may_be_annotated()
    {
        await _bed.CreateAsync("app:1", "a:one");
        var made = await _bed.CreateAsync(_bed.Request("app:1", "a:amd64") with { Amend = true });

        Assert.Equal(2, made.Entries.Count);
        Assert.Single(made.Companion.Attestations);
    }

    /// <summary>What a list of a repository names has to be in it.</summary>
    private async Task CopyAsync(string image)
    {
        foreach (var name in new[] { image, "a:att" })
        {
            var source = _bed.Context.Registry.Repository(_bed.Name(name));
            var manifest = (await source.FindManifestAsync(_bed.Name(name).Tag!, default))!;
            var target = _bed.Context.Registry.Repository(_bed.Name("app:1"));
            foreach (var blob in manifest.AsImage().Blobs) await target.PushBlobAsync(source.AsBlob(blob), default);
            await target.PushManifestAsync(manifest, default);
        }
    }

    // whether the list is there and only denied: outcome
    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "VIA3010")]
    public async Task Append_where_the_registry_says_403_of_what_is_absent(bool isThere, string? code)
    {
        await using var bed = await PushBed.StartAsync();
        var image = await bed.ImageAsync("app:a");
        if (isThere) await bed.ImageAsync("app:1");
        bed.Registry.Seen.Clear();
        bed.Registry.Seen.Enqueue("PUT /v2/app/manifests/a");
        bed.Registry.DenyMissingTags();
        using var client = bed.Client();
        StoredList? made = null;
        var failure = await Record.ExceptionAsync(async () =>
            made = await new ListCreator(bed.Context(client)).CreateAsync(new CreateRequest(bed.Name("app:1"), [new ChildName(bed.Name("app:a").ToString())]) { Append = true }, default));
        Assert.Equal(code, (failure as ViaductException)?.Code);
        if (isThere) return;
        Assert.Equal(image.Descriptor.Digest, Assert.Single(made!.Entries).Image.Descriptor.Digest);
        Assert.Contains("there is nothing to append to", Assert.Single(bed.Notes));
    }

    private static Descriptor Entry(RawManifest image, Platform? platform) => image.Descriptor with { Platform = platform };
}
