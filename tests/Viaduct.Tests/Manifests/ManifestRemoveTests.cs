using Viaduct.Manifests;
using Viaduct.Oci;
using Viaduct.Registry;
using static Viaduct.Tests.Manifests.StoreHome;

namespace Viaduct.Tests.Manifests;

/// <summary><c>manifest ls</c>, <c>rm</c>, <c>remove</c> and <c>prune</c>.</summary>
public sealed class ManifestRemoveTests : IDisposable
{
    private readonly StoreHome _home = new();
    private readonly RegistryClient _registry = new(new RegistryOptions());
    private readonly ListRemover _remover;

    public ManifestRemoveTests() => _remover = new ListRemover(new ManifestContext(_home.Store, _registry, _ => { }, _home.Path));

    public void Dispose()
    {
        _registry.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task Lists_are_removed_with_all_that_is_beside_them()
    {
        await SaveAsync("h.example/a:1", "h.example/b:1");
        await _remover.RemoveListsAsync(["h.example/a:1", "h.example/b:1"], default);
        Assert.Empty(_home.Temporaries);
        Assert.Empty(Folders());
        Assert.Empty(Directory.EnumerateFiles(_home.At("viaduct", "manifests")));
    }

    [Fact]
    public async Task Those_that_are_not_there_get_a_line_each_in_dockers_words_and_the_others_are_removed()
    {
        await SaveAsync("h.example/a:1");
        var error = await Assert.ThrowsAsync<ManifestException>(() => _remover.RemoveListsAsync(["nope", "h.example/a:1", "h.example/UP", "h.example/b:1"], default));
        Assert.Equal(
            "No such manifest: docker.io/library/nope:latest\ninvalid reference format: repository name (UP) must be lowercase\nNo such manifest: h.example/b:1", error.Words);
        Assert.False(error.HasMore);
        Assert.Null(await _home.FindAsync(Reference.Parse("h.example/a:1")));
    }

    [Fact]
    public async Task A_list_that_was_never_there_leaves_nothing_in_the_folder_of_docker()
    {
        Assert.Equal("No such manifest: h.example/a:1", (await Assert.ThrowsAsync<ManifestException>(() => _remover.RemoveListsAsync(["h.example/a:1"], default))).Words);
        Assert.Equal("No such manifest: h.example/a:1", (await Assert.ThrowsAsync<ManifestException>(() => _remover.RemoveImagesAsync("h.example/a:1", ["x"], default))).Words);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_home.Path));
    }

    [Fact]
    public async Task A_list_with_files_that_nobody_can_read_is_removed_too()
    {
        Directory.CreateDirectory(_home.FolderOf(List));
        await File.WriteAllTextAsync(Path.Combine(_home.FolderOf(List), "junk"), "junk");
        await _remover.RemoveListsAsync([List.ToString()], default);
        Assert.False(Directory.Exists(_home.FolderOf(List)));
    }

    [Fact]
    public async Task A_list_of_another_name_in_the_same_folder_stays_and_the_others_go()
    {
        await SaveAsync("h.example/app:1-x", "h.example/b:1");
        var error = await Assert.ThrowsAsync<ViaductException>(() => _remover.RemoveListsAsync(["h.example/app-1:x", "h.example/b:1", "h.example/c:1"], default));
        Assert.Equal("VIA5133", error.Code);
        Assert.Contains("No such manifest: h.example/c:1", error.Message);
        Assert.Equal(["h.example_app-1-x"], Folders());
    }

    [Fact]
    public async Task Images_are_taken_out_by_name_or_digest_all_or_none()
    {
        var images = Enumerable.Range(0, 3).Select(i => Image($"h.example/app-{i}:1")).ToArray();
        await _home.SaveAsync(New(List, images));
        var error = await Assert.ThrowsAsync<ViaductException>(() => _remover.RemoveImagesAsync(List.ToString(), ["h.example/app-0:1", "nope:1"], default));
        Assert.Equal("VIA5137", error.Code);
        Assert.Contains("nope:1 is not in it", error.Message);
        Assert.Equal(3, (await _home.FindAsync())!.Entries.Count);

        await _remover.RemoveImagesAsync(List.ToString(), ["h.example/app-0:1", $"h.example/app-2@{images[2].Descriptor.Digest}"], default);
        Assert.Equal(["h.example/app-1:1"], (await _home.FindAsync())!.Entries.Select(e => e.Image.Ref.ToString()));
    }

    [Fact]
    public async Task Every_folder_is_listed_with_what_is_known_of_it()
    {
        await SaveAsync("h.example/kube-proxy:v1");
        _home.WithGolden("docker-28.5");
        Directory.CreateDirectory(_home.At("manifests", "h.example_a-b-1"));
        Directory.CreateDirectory(_home.At("manifests", "backup"));
        Directory.CreateDirectory(_home.At("manifests", "h.example_bad-1"));
        await File.WriteAllTextAsync(_home.At("manifests", "h.example_bad-1", "junk"), "junk");
        await File.WriteAllTextAsync(_home.At("manifests", "no-folder"), "");

        var lists = await _home.Store.ListAsync(default);

        Assert.Equal(
            ["127.0.0.1:5133/app:1.0 6", "127.0.0.1:5133/app:annotated 2", "backup -", "h.example_a-b-1 0", "h.example_bad-1 -", "h.example/kube-proxy:v1 1"],
            lists.Select(l => $"{l.Name?.ToString() ?? l.Folder} {l.List?.Entries.Count.ToString() ?? "-"}"));
        Assert.Equal("no list has a folder of this name", lists[2].Problem);
        Assert.StartsWith("VIA5130", lists[4].Problem);
        Assert.All(lists, l => Assert.InRange(l.Changed, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddMinutes(1)));
    }

    [Fact]
    public async Task Without_a_store_there_are_no_lists() => Assert.Empty(await _home.Store.ListAsync(default));

    [Fact]
    public async Task Lists_that_are_empty_or_pushed_as_they_are_are_pruned_and_the_others_only_on_demand()
    {
        await SaveAsync("h.example/new:1", "h.example/pushed:1", "h.example/changed:1", "h.example/empty:1");
        foreach (var name in new[] { "pushed", "changed" })
        {
            var list = (await _home.FindAsync(Reference.Parse($"h.example/{name}:1")))!;
            await _home.SaveAsync(list.AsPushed(Digest.Sha256([])), list);
        }
        var changed = (await _home.FindAsync(Reference.Parse("h.example/changed:1")))!;
        await _home.SaveAsync(changed.With(Image("h.example/more:1")), changed);
        await _remover.RemoveImagesAsync("h.example/empty:1", ["h.example/empty:1-image"], default);

        Assert.Empty(await _remover.PruneAsync(all: true, TimeSpan.FromHours(1), dryRun: false, default));
        Assert.Equal(["h.example_empty-1", "h.example_pushed-1"], await PruneAsync(all: false, dryRun: true));
        Assert.Equal(4, Folders().Count());
        Assert.Equal(["h.example_empty-1", "h.example_pushed-1"], await PruneAsync(all: false, dryRun: false));
        Assert.Equal(["h.example_changed-1", "h.example_new-1"], await PruneAsync(all: true, dryRun: false));
        Assert.Empty(Folders());
    }

    [Fact]
    public async Task Folders_that_are_no_lists_are_not_pruned()
    {
        foreach (var file in new[] { "my-notes/a.txt", "h.example_unreadable-1/junk", "empty/" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_home.At("manifests", file))!);
            if (!file.EndsWith('/')) await File.WriteAllTextAsync(_home.At("manifests", file), "junk");
        }
        Assert.Equal(["h.example_unreadable-1"], await PruneAsync(all: true, dryRun: false));
        Assert.Equal(["empty", "my-notes"], Folders());
    }

    [Fact]
    public async Task Lists_that_were_not_written_for_as_long_as_that_are_pruned_and_the_others_stay()
    {
        await SaveAsync("h.example/old:1", "h.example/new:1");
        foreach (var file in Directory.GetFiles(_home.At("manifests", "h.example_old-1"))) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-25));
        Assert.Equal(["h.example_old-1"], (await _remover.PruneAsync(all: true, TimeSpan.FromHours(24), dryRun: false, default)).Select(l => l.Folder));
        Assert.Equal(["h.example_new-1"], Folders());
    }

    [Fact]
    public async Task What_lay_beside_lists_that_docker_has_removed_is_pruned()
    {
        await SaveAsync("h.example/gone:1", "h.example/here:1");
        Directory.Delete(_home.At("manifests", "h.example_gone-1"), recursive: true);
        await File.WriteAllTextAsync(_home.At("viaduct", "manifests", "other.json"), "junk");
        await PruneAsync(all: false, dryRun: true);
        Assert.Equal(3, Directory.GetFiles(_home.At("viaduct", "manifests")).Length);
        await PruneAsync(all: false, dryRun: false);
        Assert.Equal(["h.example_here-1.json", "other.json"], Directory.EnumerateFiles(_home.At("viaduct", "manifests")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_copy_that_an_editor_left_does_not_make_a_list_another_than_was_pushed()
    {
        await SaveAsync("h.example/pushed:1");
        var list = (await _home.FindAsync(Reference.Parse("h.example/pushed:1")))!;
        await _home.SaveAsync(list.AsPushed(Digest.Sha256([])), list);
        var file = Assert.Single(Directory.GetFiles(_home.FolderOf(list.Name)));
        File.Copy(file, file + "~");
        Assert.Equal(["h.example_pushed-1"], await PruneAsync(all: false, dryRun: false));
    }

    private IEnumerable<string?> Folders() =>
        Directory.EnumerateDirectories(_home.At("manifests")).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>> PruneAsync(bool all, bool dryRun) => (await _remover.PruneAsync(all, null, dryRun, default)).Select(l => l.Folder);

    private async Task SaveAsync(params string[] names)
    {
        foreach (var name in names) await _home.SaveAsync(New(Reference.Parse(name), Image(name + "-image")));
    }
}
