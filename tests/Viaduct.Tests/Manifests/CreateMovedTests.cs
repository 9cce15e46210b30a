using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

/// <summary>Lists of a registry that have moved since their images were taken.</summary>
public sealed class CreateMovedTests : IAsyncLifetime
{
    private static readonly Platform Amd64 = new("linux", "amd64");
    private static readonly Platform Arm64 = new("linux", "arm64");
    private ListBed _bed = null!;

    public async ValueTask InitializeAsync() => _bed = await ListBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_flattened_tag_that_is_there_is_not_read_again_and_that_is_said()
    {
        var first = await MoveAsync("a:list", "1");
        await _bed.CreateAsync("app:1", "a:list");
        await MoveAsync("a:list", "2");
        _bed.Forget();

        var made = await _bed.CreateAsync(_bed.Request("app:1", "a:list") with { Amend = true });

        Assert.Equal(Digests(first), Digests(made));
        Assert.Empty(_bed.Requests);
        Assert.Contains(_bed.Notes, n => n.Contains("was not read again") && n.Contains("--refresh"));
    }

    [Fact]
    public async Task A_flattened_tag_is_read_for_a_platform_that_is_not_there()
    {
        var images = await MoveAsync("a:list", "1");
        var request = _bed.Request("app:1", "a:list") with { Amend = true };
        await _bed.CreateAsync(request with { Platforms = [Amd64] });

        Assert.Equal(Digests(images), Digests(await _bed.CreateAsync(request with { Platforms = [Arm64] })));
    }

    [Fact]
    public async Task Append_takes_the_registry_s_list_as_it_is_now()
    {
        await MoveAsync("app:1", "1");
        var own = await _bed.ImageAsync("b:1", new Platform("linux", "s390x"));
        await _bed.CreateAsync(_bed.Request("app:1", "b:1") with { Append = true });
        var moved = await MoveAsync("app:1", "2");

        var made = await _bed.CreateAsync(_bed.Request("app:1", "b:1") with { Append = true, Amend = true });

        Assert.Equal(Digests([.. moved, own]), Digests(made));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task What_an_image_has_replaced_is_not_put_back_by_the_next_append(bool amend, bool refresh)
    {
        var old = await MoveAsync("app:1", "1");
        var newer = await _bed.ImageAsync("b:1", Arm64, "newer");
        var other = await _bed.ImageAsync("c:1", new Platform("linux", "s390x"));
        await _bed.CreateAsync(_bed.Request("app:1", "b:1") with { Append = true });

        var made = await _bed.CreateAsync(_bed.Request("app:1", "c:1") with { Append = true, Amend = amend, Refresh = refresh });

        Assert.Equal(Digests([old[0], newer, other]), Digests(made));
    }

    [Fact]
    public async Task What_was_appended_is_pushed()
    {
        var old = await MoveAsync("app:1", "1");
        var newer = await _bed.ImageAsync("b:1", Arm64, "newer");
        await _bed.CreateAsync(_bed.Request("app:1", "b:1") with { Append = true });

        var pushed = await _bed.PushAsync("app:1");

        Assert.Equal(Digests([old[0], newer]), Digests([.. pushed.Images.Select(i => i.Entry.Digest)]));
        Assert.Equal(pushed.List.Digest, (await _bed.Context.Registry.Repository(_bed.Name("app:1")).FindManifestAsync("1", default))!.Digest);
    }

    [Fact]
    public async Task Refresh_takes_the_attestations_of_now_for_those_of_before()
    {
        var image = await _bed.ImageAsync("a:amd64", Amd64);
        await _bed.ListAsync("a:1", [image.Descriptor with { Platform = Amd64 }, await _bed.AttestationAsync("a:att", image)]);
        await _bed.CreateAsync("app:1", "a:1");
        var now = AttestationEntry.Make((await _bed.ImageAsync("a:att", new Platform("unknown", "unknown"), "now")).Descriptor, image.Digest);
        await _bed.ListAsync("a:1", [image.Descriptor with { Platform = Amd64 }, now]);

        var made = await _bed.CreateAsync(_bed.Request("app:1", "a:1") with { Refresh = true });

        Assert.Equal(now.Digest, Assert.Single(made.Companion.Attestations).Entry.Digest);
    }

    [Fact]
    public async Task Attestations_are_dropped_of_the_images_that_are_named_alone()
    {
        foreach (var (name, platform) in new[] { ("a", Amd64), ("b", Arm64) })
        {
            var image = await _bed.ImageAsync($"{name}:x", platform);
            await _bed.ListAsync($"{name}:1", [image.Descriptor with { Platform = platform }, await _bed.AttestationAsync($"{name}:att", image)]);
        }
        await _bed.CreateAsync("app:1", "a:1", "b:1");

        var made = await _bed.CreateAsync(_bed.Request("app:1", "a:1") with { Amend = true, DropAttestations = true });

        Assert.Equal(_bed.Name("b:1"), Assert.Single(made.Companion.Attestations).Repository);
    }

    [Fact]
    public async Task What_is_no_image_in_a_list_is_left_out_and_a_list_in_it_is_read_once()
    {
        var image = await _bed.ImageAsync("a:1", Amd64);
        var sbom = (await _bed.ImageAsync("a:sbom", new Platform("", ""), "sbom")).Descriptor with { ArtifactType = "application/spdx+json" };
        var inner = (await _bed.ListAsync("a:inner", [image.Descriptor with { Platform = Amd64 }])).Descriptor;
        await _bed.ListAsync("a:outer", [inner, inner, inner with { Annotations = new Dictionary<string, string> { ["k"] = "v" } }, sbom]);

        Assert.Equal(image.Digest, Assert.Single((await _bed.CreateAsync("app:1", "a:outer")).Entries).Image.Descriptor.Digest);
        Assert.Equal(3, _bed.Requests.Count);
    }

    [Fact]
    public async Task A_list_of_more_images_than_the_store_could_hold_is_refused_before_they_are_read()
    {
        var image = await _bed.ImageAsync("a:1", Amd64);
        await _bed.ListAsync("a:huge", Enumerable.Range(0, 4097).Select(i => image.Descriptor with { Platform = new Platform("linux", "arm", $"v{i}") }));

        var error = await Assert.ThrowsAsync<ManifestException>(() => _bed.CreateAsync("app:1", "a:huge"));

        Assert.Equal("VIA5103", error.Code);
        Assert.Single(_bed.Requests);
    }

    /// <summary>A list of two new images under a name.</summary>
    private async Task<IReadOnlyList<RawManifest>> MoveAsync(string list, string marker)
    {
        var repository = list.Split(':')[0];
        var images = new[] { await _bed.ImageAsync($"{repository}:x", Amd64, marker), await _bed.ImageAsync($"{repository}:y", Arm64, marker) };
        await _bed.ListAsync(list, images.Zip([Amd64, Arm64]).Select(i => i.First.Descriptor with { Platform = i.Second }));
        return images;
    }

    private static IEnumerable<string> Digests(IReadOnlyList<RawManifest> images) => Digests([.. images.Select(i => i.Digest)]);

    private static IEnumerable<string> Digests(StoredList list) => Digests([.. list.Entries.Select(e => e.Image.Descriptor.Digest)]);

    private static IEnumerable<string> Digests(IReadOnlyList<Digest> digests) => digests.Select(d => d.ToString()).Order(StringComparer.Ordinal);
}
