using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

/// <summary>Lists that are there already.</summary>
public sealed class CreateAgainTests : IAsyncLifetime
{
    private static readonly Platform Amd64 = new("linux", "amd64");
    private static readonly Platform Arm64 = new("linux", "arm64");
    private ListBed _bed = null!;

    public async ValueTask InitializeAsync() => _bed = await ListBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_list_that_exists_is_refused_in_docker_s_words_also_when_it_is_empty()
    {
        await _bed.ImageAsync("a:1", Amd64);
        await _bed.CreateAsync("app:1", "a:1");
        Directory.CreateDirectory(Path.GetDirectoryName(_bed.FileOf("app:2", "a:1"))!);

        foreach (var (list, what) in new[] { ("app:1", "with 1 image"), ("app:2", "without images") })
        {
            var error = await Assert.ThrowsAsync<ManifestException>(() => _bed.CreateAsync(list, "a:1"));
            Assert.Equal("refusing to amend an existing manifest list with no --amend flag", error.Words);
            Assert.Equal("VIA5101", error.Code);
            Assert.Contains(what, error.Message);
            Assert.Contains("--replace", error.Todo);
        }
    }

    [Fact]
    public async Task Amend_adds_and_asks_nothing_for_what_is_there_though_its_tag_has_moved()
    {
        var first = await _bed.ImageAsync("a:1", Amd64);
        await _bed.CreateAsync("app:1", "a:1");
        await _bed.ImageAsync("a:1", Amd64, "moved");
        await _bed.ImageAsync("b:1", Arm64);
        _bed.Forget();

        var list = await _bed.CreateAsync(_bed.Request("app:1", "a:1", "b:1") with { Amend = true });

        Assert.Equal(2, list.Entries.Count);
        Assert.Equal(first.Digest, list.Find(_bed.Name("a:1"))!.Image.Descriptor.Digest);
        Assert.All(_bed.Requests, r => Assert.Contains("/v2/b/", r));
    }

    [Fact]
    public async Task One_image_under_two_names_has_a_file_for_each_as_docker_has_it()
    {
        var image = await _bed.ImageAsync("a:1", Amd64);
        await _bed.CreateAsync("app:1", "a:1");
        await _bed.AnnotateAsync(new("app:1", "a:1") { Variant = "v2" });

        var list = await _bed.CreateAsync(_bed.Request("app:1", $"a:1@{image.Digest}", $"a@{image.Digest}") with { Amend = true });

        Assert.Equal(["v2", null, null], list.Entries.Select(e => e.Image.Descriptor.Platform!.Variant));
    }

    [Fact]
    public async Task Refresh_reads_moved_tags_again_and_what_was_annotated_stays_with_images_that_are_the_same()
    {
        await _bed.ImageAsync("a:1", Amd64);
        await _bed.ImageAsync("b:1", Arm64);
        await _bed.CreateAsync("app:1", "a:1", "b:1");
        await _bed.AnnotateAsync(new("app:1", "b:1") { Variant = "v9" });
        var moved = await _bed.ImageAsync("a:1", Amd64, "moved");

        var list = await _bed.CreateAsync(_bed.Request("app:1", "a:1", "b:1") with { Refresh = true });

        Assert.Equal(moved.Digest, list.Find(_bed.Name("a:1"))!.Image.Descriptor.Digest);
        Assert.Equal("v9", list.Find(_bed.Name("b:1"))!.Image.Descriptor.Platform!.Variant);
        Assert.Contains(_bed.Notes, n => n.Contains($"is {moved.Digest.Short} now"));
    }

    [Fact]
    public async Task Replace_begins_anew_also_over_files_that_cannot_be_read()
    {
        await _bed.ImageAsync("a:1", Amd64);
        await _bed.ImageAsync("b:1", Arm64);
        await _bed.CreateAsync("app:1", "a:1");
        var replace = _bed.Request("app:1", "b:1") with { Replace = true };

        Assert.Equal(_bed.Name("b:1"), Assert.Single((await _bed.CreateAsync(replace)).Entries).Image.Ref);
        await File.WriteAllTextAsync(_bed.FileOf("app:1", "a:1"), "junk", TestContext.Current.CancellationToken);
        Assert.Equal("VIA5130", (await Assert.ThrowsAnyAsync<ViaductException>(() => _bed.CreateAsync(replace with { Replace = false, Amend = true }))).Code);
        await _bed.CreateAsync(replace);
        Assert.Equal(_bed.Name("b:1"), Assert.Single((await _bed.FindAsync("app:1")).Entries).Image.Ref);
    }

    [Fact]
    public async Task Replace_reads_what_the_old_list_had_too_and_keeps_nothing_of_it()
    {
        await _bed.ImageAsync("a:1", Amd64);
        await _bed.CreateAsync("app:1", "a:1");
        await _bed.AnnotateAsync(new("app:1", "a:1") { Variant = "v2" });
        var moved = await _bed.ImageAsync("a:1", Amd64, "moved");

        var entry = Assert.Single((await _bed.CreateAsync(_bed.Request("app:1", "a:1") with { Replace = true })).Entries).Image.Descriptor;

        Assert.Equal((moved.Digest, Amd64), (entry.Digest, entry.Platform));
    }

    [Fact]
    public async Task Replace_leaves_the_old_list_when_an_image_fails()
    {
        await _bed.ImageAsync("a:1", Amd64);
        await _bed.CreateAsync("app:1", "a:1");

        await Assert.ThrowsAsync<ManifestException>(() => _bed.CreateAsync(_bed.Request("app:1", "missing:1") with { Replace = true }));

        Assert.Single((await _bed.FindAsync("app:1")).Entries);
    }

    [Fact]
    public async Task Two_at_once_that_amend_lose_nothing()
    {
        for (var i = 0; i < 6; i++) await _bed.ImageAsync($"a:{i}", Amd64, $"{i}");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => _bed.CreateAsync(_bed.Request("app:1", $"a:{i}") with { Amend = true }))));

        Assert.Equal(6, (await _bed.FindAsync("app:1")).Entries.Count);
    }

    [Fact]
    public async Task A_list_that_exists_is_refused_in_docker_s_words_also_when_what_is_beside_it_is_damaged()
    {
        await _bed.ImageAsync("a:1", Amd64);
        await _bed.CreateAsync(_bed.Request("app:1", "a:1") with { Annotations = new Dictionary<string, string> { ["k"] = "v" } });
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(_bed.Store.Folder, "viaduct", "manifests"), "*.json")), "junk", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<ManifestException>(() => _bed.CreateAsync("app:1", "a:1"));

        Assert.Equal(("VIA5101", "refusing to amend an existing manifest list with no --amend flag"), (error.Code, error.Words));
        Assert.Equal("VIA5134", (await Assert.ThrowsAnyAsync<ViaductException>(() => _bed.CreateAsync(_bed.Request("app:1", "a:1") with { Amend = true }))).Code);
    }

    [Fact]
    public async Task An_image_that_is_typed_twice_is_read_once()
    {
        await _bed.ImageAsync("a:latest", Amd64);

        Assert.Single((await _bed.CreateAsync("app:1", "a", "a:latest", "a")).Entries);
        Assert.Equal(2, _bed.Requests.Count);
    }

    [Fact]
    public async Task What_was_there_is_whole_when_the_list_is_purged_while_others_are_read()
    {
        var image = await _bed.ImageAsync("a:amd64", Amd64);
        await _bed.ListAsync("a:1", [image.Descriptor with { Platform = Amd64 }, await _bed.AttestationAsync("a:att", image)]);
        await _bed.CreateAsync("app:1", "a:1");
        var purging = _bed.Context with { Note = n => { if (n.Contains("left out")) _bed.Store.RemoveAsync(_bed.Name("app:1"), default).Wait(TestContext.Current.CancellationToken); } };

        var made = await new ListCreator(purging).CreateAsync(_bed.Request("app:1", "a:1") with { Amend = true, Children = [new(_bed.Full("a:1")), new(_bed.Full("b:1"), MayBeMissing: true)] }, default);

        Assert.Single(made.Entries);
        Assert.Single((await _bed.FindAsync("app:1")).Companion.Attestations);
    }
}
