using Viaduct.Manifests;
using Viaduct.Oci;
using static Viaduct.Tests.Manifests.StoreHome;

namespace Viaduct.Tests.Manifests;

/// <summary>Stores that somebody has put elsewhere, and folders that are not only docker's.</summary>
public sealed class StorePlaceTests : IDisposable
{
    private static readonly StoredManifest[] Images = [Image("h.example/a:1"), Image("h.example/b:1"), Image("h.example/c:1")];
    private readonly StoreHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_store_on_a_file_system_of_its_own_is_written_and_emptied()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Directory.Exists("/dev/shm"), "there is no second file system");
        var elsewhere = Directory.CreateDirectory("/dev/shm/viaduct-" + Path.GetRandomFileName()).FullName;
        try
        {
            Directory.CreateSymbolicLink(_home.At("manifests"), elsewhere);
            await _home.SaveAsync(New(List, Images));
            var was = (await _home.FindAsync())!;
            await _home.SaveAsync(was.Without(was.Entries[0]).Without(was.Entries[1]), was);
            Assert.Single((await _home.FindAsync())!.Entries);
            Assert.Single(await _home.Store.ListAsync(default));
            Assert.True(await _home.Store.RemoveAsync(List, default));
            Assert.Empty(Directory.EnumerateFiles(elsewhere, "*", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Permissions_that_somebody_has_narrowed_stay_so(int changes)
    {
        if (OperatingSystem.IsWindows()) return;
        await _home.SaveAsync(New(List, Images));
        File.SetUnixFileMode(_home.FolderOf(List), (UnixFileMode)0b111_000_000);
        foreach (var file in Directory.GetFiles(_home.FolderOf(List))) File.SetUnixFileMode(file, (UnixFileMode)0b110_000_000);
        var was = (await _home.FindAsync())!;

        await _home.SaveAsync(Images.Take(changes).Aggregate(was, (list, image) => list.With(On(image, "s390x"))), was);

        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(_home.FolderOf(List)));
        foreach (var file in Directory.GetFiles(_home.FolderOf(List))) Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_folder_that_is_a_link_stays_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        await _home.SaveAsync(New(List, Images));
        Directory.Move(_home.FolderOf(List), _home.At("elsewhere"));
        Directory.CreateSymbolicLink(_home.FolderOf(List), _home.At("elsewhere"));
        var was = (await _home.FindAsync())!;
        await _home.SaveAsync(was.With(On(Images[0], "s390x")).Without(was.Entries[1]), was);
        Assert.NotNull(new DirectoryInfo(_home.FolderOf(List)).LinkTarget);
        Assert.Equal(["h.example_a-1", "h.example_c-1"], Directory.EnumerateFiles(_home.At("elsewhere")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_link_to_nothing_is_named_and_is_no_hindrance_to_removing_the_list()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        await _home.SaveAsync(New(List, Images));
        var link = Path.Combine(_home.FolderOf(List), ".#h.example_a-1");
        File.CreateSymbolicLink(link, "me@host.4711");
        var error = await Assert.ThrowsAsync<ViaductException>(() => _home.FindAsync());
        Assert.Equal(("VIA5130", link, "this is not a file of docker's store: it is a link to nothing"), (error.Code, error.Where, error.Message));
        Assert.True(await _home.Store.RemoveAsync(List, default));
    }

    [Fact]
    public async Task A_list_with_a_file_that_the_system_refuses_is_removed_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        await _home.SaveAsync(New(List, Images));
        var link = Path.Combine(_home.FolderOf(List), "x");
        File.CreateSymbolicLink(link, link);
        Assert.Equal("VIA5131", (await Assert.ThrowsAsync<ViaductException>(() => _home.FindAsync())).Code);
        Assert.True(await _home.Store.RemoveAsync(List, default));
        Assert.False(Directory.Exists(_home.FolderOf(List)));
    }

    [Fact]
    public async Task Who_asks_for_one_image_is_not_disturbed_by_its_neighbours()
    {
        await _home.SaveAsync(New(List, Images) with { Companion = new Companion(List) { Attestations = [.. Images.Select(AttestationOf)] } });
        await File.WriteAllTextAsync(Path.Combine(_home.FolderOf(List), ".x.swp"), "junk");
        await File.WriteAllTextAsync(Path.Combine(_home.FolderOf(List), "h.example_b-1"), "damaged");

        var was = (await _home.Store.FindReadableAsync(List, default))!;
        Assert.Equal([".x.swp", "h.example_b-1"], was.Unreadable.Select(e => Path.GetFileName(e.Message.Split(": ")[0])));
        await _home.SaveAsync(was.With(On(was.Find(Images[0].Ref)!.Image, "s390x")), was);

        Assert.Equal("VIA5130", (await Assert.ThrowsAsync<ManifestException>(() => _home.FindAsync())).Code);
        await File.WriteAllBytesAsync(Path.Combine(_home.FolderOf(List), "h.example_b-1"), StoreFile.Write(Images[1]));
        File.Delete(Path.Combine(_home.FolderOf(List), ".x.swp"));
        var now = (await _home.FindAsync())!;
        Assert.Equal("s390x", now.Entries[0].Image.Descriptor.Platform!.Architecture);
        Assert.Equal(3, now.Companion.Attestations.Count);
    }

    private static StoredManifest On(StoredManifest image, string architecture) => image with { Descriptor = image.Descriptor with { Platform = new Platform("linux", architecture) } };
}
