using Viaduct.Manifests;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Tests.Manifests;

public sealed class LocalSourceTests : IAsyncLifetime
{
    private ListBed _bed = null!;
    private OciLayout _layout = null!;

    public async ValueTask InitializeAsync()
    {
        _bed = await ListBed.StartAsync();
        _layout = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder.Path, "out"), default);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task An_image_of_a_layout_is_an_entry_by_its_digest_and_where_it_is_is_kept()
    {
        var image = await ImageAsync("1", new("linux", "arm64"));

        var made = await _bed.CreateAsync("app:1", "oci:out:1");

        var entry = Assert.Single(made.Entries).Image;
        Assert.Equal(_bed.Full($"app@{image.Digest}"), entry.Ref.ToString());
        Assert.Equal(image.Descriptor with { Platform = new Platform("linux", "arm64") }, entry.Descriptor);
        Assert.Equal($"oci:{_layout.Folder}:1", (await _bed.FindAsync("app:1")).Companion.Sources[image.Digest]);
        Assert.Contains(_bed.Notes, n => n.Contains("docker's push would fail"));
        Assert.Empty(_bed.Requests);
    }

    [Fact]
    public async Task It_can_be_annotated_by_the_words_it_was_created_with()
    {
        await ImageAsync("1", new("linux", "arm"));
        await _bed.CreateAsync("app:1", "oci:out");

        await new ListAnnotator(_bed.Context).AnnotateAsync(new(_bed.Full("app:1"), "oci:out") { Variant = "v6" }, default);

        Assert.Equal("v6", (await _bed.FindAsync("app:1")).Entries[0].Image.Descriptor.Platform!.Variant);
    }

    [Fact]
    public async Task A_list_of_a_layout_is_flattened_and_attestations_are_found_there()
    {
        var image = await ImageAsync("1", new("linux", "amd64"));
        var attestation = AttestationEntry.Make((await ImageAsync("2", new("unknown", "unknown"))).Descriptor, image.Digest);
        await _layout.TagAsync("list", ManifestList.Write([(_bed.Name("x"), image.Descriptor with { Platform = new Platform("linux", "amd64") })], [attestation]), default);

        var companion = (await _bed.CreateAsync("app:1", "oci:out:list")).Companion;

        Assert.Equal(new[] { image.Digest, attestation.Digest }.Select(d => d.ToString()).Order(), companion.Sources.Keys.Select(d => d.ToString()).Order());
        Assert.Equal(attestation.Digest, Assert.Single(companion.Attestations).Entry.Digest);
    }

    [Fact]
    public async Task What_is_not_in_it_or_not_clear_is_said()
    {
        Assert.Equal("the layout is empty", (await RefusedAsync("oci:out", "VIA5142")).Message);
        await ImageAsync("1", new("linux", "amd64"));
        await ImageAsync("2", new("linux", "arm64"));

        Assert.Contains("1, 2", (await RefusedAsync("oci:out", "VIA5142")).Todo);
        Assert.Contains("1, 2", (await RefusedAsync("oci:out:3", "VIA5142")).Todo);
        await RefusedAsync("oci:nothing:1", "VIA1030");
    }

    [Fact]
    public async Task A_folder_may_have_a_colon_in_its_name()
    {
        var image = await ImageAsync("1", new("linux", "amd64"));
        Directory.Move(_layout.Folder, _layout.Folder + ":x");

        var opened = await LocalSource.OpenAsync(LocalSource.Complete("oci:out:x", _bed.Folder.Path), _ => null, default);

        Assert.Equal(image.Digest, (await opened.FindAsync(default)).Digest);
    }

    [Fact]
    public async Task A_source_that_was_built_again_takes_the_place_of_what_it_had_and_can_be_pushed()
    {
        var other = await ImageAsync("2", new("linux", "arm64"));
        await ImageAsync("1", new("linux", "amd64"));
        await _bed.CreateAsync("app:1", "oci:out:1", "oci:out:2");
        var again = await ImageAsync("1", new("linux", "amd64"), "again");

        var made = await _bed.CreateAsync(_bed.Request("app:1", "oci:out:1") with { Amend = true });

        Assert.Equal(new[] { again, other }.Select(i => _bed.Full($"app@{i.Digest}")).Order(StringComparer.Ordinal), made.Entries.Select(e => e.Image.Ref.ToString()));
        Assert.Equal(2, (await _bed.PushAsync("app:1")).Images.Count);
    }

    [Fact]
    public async Task Of_a_source_s_list_what_platform_leaves_aside_stays()
    {
        var images = new[] { await ImageAsync("1", new("linux", "amd64")), await ImageAsync("2", new("linux", "arm64")) };
        await _layout.TagAsync("list", ManifestList.Write([.. images.Zip(["amd64", "arm64"]).Select(i => (_bed.Name("x"), i.First.Descriptor with { Platform = new Platform("linux", i.Second) }))], []), default);
        await _bed.CreateAsync(_bed.Request("app:1", "oci:out:list") with { Platforms = [new("linux", "amd64")] });

        Assert.Equal(2, (await _bed.CreateAsync(_bed.Request("app:1", "oci:out:list") with { Amend = true, Platforms = [new("linux", "arm64")] })).Entries.Count);
    }

    [Fact]
    public async Task What_is_local_stays_so_when_a_registry_has_the_same_image_too()
    {
        var image = await ImageAsync("1", new("linux", "amd64"));
        foreach (var name in new[] { "a:1", "b:1" }) Assert.Equal(image.Digest, (await _bed.ImageAsync(name, new Platform("linux", "amd64"))).Digest);

        var made = await _bed.CreateAsync("app:1", "a:1", "oci:out:1", "b:1");

        Assert.Equal($"oci:{_layout.Folder}:1", Assert.Single(made.Companion.Sources).Value);
        await _bed.PushAsync("app:1");
    }

    [Fact]
    public async Task What_has_been_pushed_and_is_read_in_the_list_s_repository_is_local_no_more()
    {
        var image = await ImageAsync("1", new("linux", "amd64"));
        await _bed.CreateAsync("app:1", "oci:out:1");
        await _bed.PushAsync("app:1");

        Assert.Empty((await _bed.CreateAsync(_bed.Request("app:1", $"app@{image.Digest}") with { Refresh = true })).Companion.Sources);
    }

    [Fact]
    public async Task A_layout_that_has_more_by_now_is_pushed_by_digest()
    {
        var image = await ImageAsync("1", new("linux", "amd64"));
        await _bed.CreateAsync("app:1", "oci:out");
        await ImageAsync("2", new("linux", "arm64"));

        Assert.Equal(image.Digest, Assert.Single((await _bed.PushAsync("app:1")).Images).Entry.Digest);
    }

    [Fact]
    public async Task It_is_inspected_and_removed_by_the_words_it_was_created_with()
    {
        var image = await ImageAsync("1", new("linux", "arm64"));
        await ImageAsync("2", new("linux", "amd64"));
        await _bed.CreateAsync("app:1", "oci:out:1", "oci:out:2");

        Assert.Equal(image.Bytes.ToArray(), await new ListInspector(_bed.Context).InspectAsync(new(_bed.Full("app:1"), "oci:out:1") { Raw = true }, default));
        await new ListRemover(_bed.Context).RemoveImagesAsync(_bed.Full("app:1"), ["oci:out:2"], default);
        Assert.Equal(image.Digest, Assert.Single((await _bed.FindAsync("app:1")).Entries).Image.Descriptor.Digest);
    }

    [Theory]
    [InlineData("oci:")]
    [InlineData("oci::1")]
    [InlineData("oci:out:")]
    [InlineData("oci:a\0b")]
    [InlineData("oci:out:a\nb")]
    [InlineData("docker-daemon:")]
    public Task Sources_without_a_name_and_with_characters_that_none_has_are_refused(string source) => RefusedAsync(source, "VIA5142");

    [Fact]
    public async Task No_engine_is_an_error_that_says_where_it_was_looked_for()
    {
        var error = await Assert.ThrowsAsync<ViaductException>(() =>
            LocalSource.OpenAsync("docker-daemon:app", v => v == "DOCKER_HOST" ? "unix:///nothing/docker.sock" : null, default));

        Assert.Equal("VIA2190", error.Code);
        Assert.Contains("unix:///nothing/docker.sock", error.Message);
    }

    private async Task<ViaductException> RefusedAsync(string source, string code)
    {
        var error = await Assert.ThrowsAsync<ViaductException>(() => _bed.CreateAsync("app:1", source));
        Assert.Equal(code, error.Code);
        return error;
    }

    private async Task<RawManifest> ImageAsync(string tag, Platform platform, string? marker = null)
    {
        var config = Blob.FromBytes(MediaTypes.OciConfig, new ImageConfig(platform) { Author = marker }.ToBytes());
        await _layout.PushBlobAsync(config, default);
        var manifest = new ImageManifest(config.Descriptor, []).ToManifest();
        await _layout.TagAsync(tag, manifest, default);
        return manifest;
    }
}
