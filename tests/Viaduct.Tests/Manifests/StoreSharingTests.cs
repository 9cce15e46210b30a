using Viaduct.Manifests;
using Viaduct.Oci;
using static Viaduct.Tests.Manifests.StoreHome;

namespace Viaduct.Tests.Manifests;

/// <summary>Several that write and read one list at the same time.</summary>
public sealed class StoreSharingTests : IDisposable
{
    private readonly StoreHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Of_images_that_are_added_at_the_same_time_none_is_lost()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            // A store of its own: as another process has it.
            var store = new ManifestStore(_home.Path, TimeProvider.System);
            using var held = await store.LockAsync(List, default);
            var was = await store.FindAsync(List, default);
            var image = Image($"h.example/app-{i}:1");
            await store.SaveAsync(was is null ? New(List, image) : was.With(image), was, default);
        })));
        Assert.Equal(12, (await _home.FindAsync())!.Entries.Count);
        Assert.Empty(_home.Temporaries);
    }

    [Fact]
    public async Task Whoever_reads_while_a_list_is_written_has_the_old_one_or_the_new_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "no other system exchanges two folders everywhere");
        var odd = New(List, [.. Enumerable.Range(0, 6).Where(i => i % 2 == 1).Select(i => Image($"h.example/app-{i}:1"))]);
        var even = New(List, [.. Enumerable.Range(0, 6).Where(i => i % 2 == 0).Select(i => Image($"h.example/app-{i}:1"))]);
        await _home.SaveAsync(odd);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++) await _home.SaveAsync(i % 2 == 0 ? even : odd, i % 2 == 0 ? odd : even);
        });
        var (seen, folder) = (0, _home.FolderOf(List));
        while (!writing.IsCompleted || seen == 0)
        {
            // docker's way: one look at the folder; the old one is emptied, maybe while somebody has it open.
            var names = Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).ToList();
            Assert.Contains(new[] { odd, even }, l => names.All(n => l.Entries.Any(e => e.File == n)));
            Assert.Equal(3, (await _home.FindAsync())!.Entries.Count);
            seen++;
        }
        await writing;
    }

    [Fact]
    public async Task A_lock_waits_for_the_other_and_another_list_has_another_one()
    {
        var held = await _home.Store.LockAsync(List, default);
        using var elsewhere = await _home.Store.LockAsync(Reference.Parse("h.example/x:1"), default);
        var second = _home.Store.LockAsync(List, default);
        Assert.False(second.IsCompleted);
        held.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task What_the_system_refuses_is_said_with_the_place()
    {
        await File.WriteAllTextAsync(_home.At("viaduct"), "a file");
        Assert.Equal("VIA5131", (await Assert.ThrowsAsync<ViaductException>(() => _home.Store.LockAsync(List, default))).Code);
        var error = await Assert.ThrowsAsync<ViaductException>(() => _home.SaveAsync(New(List, Image("h.example/a:1"))));
        Assert.Equal(("VIA5131", _home.FolderOf(List)), (error.Code, error.Where));
        Assert.False(Directory.Exists(_home.FolderOf(List)));
    }

    [Fact]
    public async Task What_is_cut_off_leaves_the_list_as_it_was_and_is_tidied_up_later()
    {
        await _home.SaveAsync(New(List, Image("h.example/a:1")));
        var was = await _home.FindAsync();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _home.Store.SaveAsync(was!.With(Image("h.example/b:1")).With(Image("h.example/c:1")), was, cancellation.Token));
        Assert.Single((await _home.FindAsync())!.Entries);

        Directory.CreateDirectory(_home.At("manifests", ".tmp-old", "x"));
        Directory.SetLastWriteTimeUtc(_home.At("manifests", ".tmp-old"), DateTime.UnixEpoch);
        Directory.CreateDirectory(_home.At("manifests", ".tmp-new"));
        await File.WriteAllTextAsync(_home.At("viaduct", "manifests", ".tmp-x"), "");
        File.SetLastWriteTimeUtc(_home.At("viaduct", "manifests", ".tmp-x"), DateTime.UnixEpoch);
        _home.Store.Tidy();
        Assert.Single(Directory.EnumerateFiles(_home.At("viaduct", "manifests")));
        Assert.Equal([".tmp-new"], _home.Temporaries);
    }
}
