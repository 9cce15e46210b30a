using Viaduct.Manifests;
using Viaduct.Oci;
using static Viaduct.Tests.Manifests.StoreHome;

namespace Viaduct.Tests.Manifests;

/// <summary>Local lists, found and saved where docker has them.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly StoreHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("docker-28.5")]
    [InlineData("docker-20.10")]
    public async Task A_list_of_docker_is_read_in_its_order_and_saving_it_changes_nothing(string docker)
    {
        var was = await _home.WithGolden(docker).FindAsync();
        var before = _home.Files();
        Assert.Equal(was!.Entries.Select(e => e.File).Order(StringComparer.Ordinal), was.Entries.Select(e => e.File));
        await _home.SaveAsync(was, was);
        Assert.Equal(before, _home.Files());
    }

    [Fact]
    public async Task A_list_made_here_is_what_docker_would_have_made()
    {
        using var dockers = new StoreHome();
        var theirs = await dockers.WithGolden("docker-28.5").FindAsync();
        await _home.SaveAsync(New(List, [.. theirs!.Entries.Select(e => e.Image).Reverse()]));
        var annotated = Reference.Parse("127.0.0.1:5133/app:annotated");
        await _home.SaveAsync((await dockers.FindAsync(annotated))!);
        Assert.Equal(FilesIn(Golden("docker-28.5")), _home.Files());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("755", Convert.ToString((int)File.GetUnixFileMode(_home.FolderOf(List)), 8));
            Assert.Equal("644", Convert.ToString((int)File.GetUnixFileMode(Directory.GetFiles(_home.FolderOf(List))[0]), 8));
        }
    }

    [Fact]
    public async Task The_bytes_of_a_list_are_those_that_docker_pushed()
    {
        var list = await _home.WithGolden("docker-28.5").FindAsync(Reference.Parse("127.0.0.1:5133/app:annotated"));
        Assert.Equal(File.ReadAllBytes(Golden("pushed", "127.0.0.1-5133_app-annotated")), ManifestList.WriteInOrder(list!.Entries.Select(e => e.Image.Descriptor)).Bytes.ToArray());
    }

    [Fact]
    public async Task Where_there_is_no_folder_there_is_no_list_and_an_empty_folder_is_an_empty_one()
    {
        Assert.Null(await _home.FindAsync());
        Directory.CreateDirectory(_home.FolderOf(List));
        Assert.Empty((await _home.FindAsync())!.Entries);
        Assert.False(Directory.Exists(_home.At("viaduct")));
    }

    [Fact]
    public async Task Only_the_file_that_changed_is_written()
    {
        await _home.SaveAsync(New(List, Image("h.example/a:1"), Image("h.example/b:1"), Image("h.example/c:1")));
        foreach (var file in Directory.GetFiles(_home.FolderOf(List))) File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        var was = await _home.FindAsync();
        await _home.SaveAsync(was!.With(Image("h.example/b:1", new Platform("linux", "arm64"))), was);
        Assert.Equal(["h.example_b-1"], Directory.GetFiles(_home.FolderOf(List)).Where(f => File.GetLastWriteTimeUtc(f) > DateTime.UnixEpoch).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Several_changes_are_one_step_and_keep_what_somebody_else_has_written_meanwhile()
    {
        await _home.SaveAsync(New(List, Image("h.example/a:1"), Image("h.example/b:1"), Image("h.example/c:1")));
        var was = await _home.FindAsync();
        await File.WriteAllBytesAsync(Path.Combine(_home.FolderOf(List), "h.example_z-1"), StoreFile.Write(Image("h.example/z:1")));
        File.SetLastWriteTimeUtc(Path.Combine(_home.FolderOf(List), "h.example_c-1"), DateTime.UnixEpoch);

        await _home.SaveAsync(was!.Without(was.Entries[0]).With(Image("h.example/d:1")).With(Image("h.example/b:1", new Platform("linux", "s390x"))), was);

        Assert.Equal(["h.example_b-1", "h.example_c-1", "h.example_d-1", "h.example_z-1"], (await _home.FindAsync())!.Entries.Select(e => e.File));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Path.Combine(_home.FolderOf(List), "h.example_c-1")));
        Assert.Empty(_home.Temporaries);
    }

    [Fact]
    public async Task A_list_that_another_has_made_meanwhile_is_not_overwritten()
    {
        Directory.CreateDirectory(_home.FolderOf(List));
        var error = await Assert.ThrowsAsync<ViaductException>(() => _home.SaveAsync(New(List, Image("h.example/a:1"))));
        Assert.Equal("VIA5136", error.Code);
        Assert.Empty(Directory.EnumerateFiles(_home.FolderOf(List)));
    }

    [Fact]
    public async Task A_list_that_another_has_removed_meanwhile_appears_whole()
    {
        await _home.SaveAsync(New(List, Image("h.example/a:1"), Image("h.example/b:1")));
        var was = await _home.FindAsync();
        Directory.Delete(_home.FolderOf(List), recursive: true);
        await _home.SaveAsync(was!.With(Image("h.example/c:1")), was);
        Assert.Equal(3, (await _home.FindAsync())!.Entries.Count);
    }

    [Theory]
    [InlineData("copy~")]
    [InlineData("#h.example_a-1#")]
    [InlineData("h.example_a-1.bak")]
    public async Task A_copy_that_an_editor_left_is_passed_over_and_stays_where_it_is(string copy)
    {
        await _home.SaveAsync(New(List, Image("h.example/a:1")));
        File.Copy(Path.Combine(_home.FolderOf(List), "h.example_a-1"), Path.Combine(_home.FolderOf(List), copy));
        var list = (await _home.FindAsync())!;
        Assert.Equal(["h.example_a-1"], list.Entries.Select(e => e.File));
        Assert.Equal([copy], list.Copies.Select(e => e.File));
        await _home.SaveAsync(list.With(Image("h.example/b:1")).With(Image("h.example/c:1")), list);
        Assert.True(File.Exists(Path.Combine(_home.FolderOf(List), copy)));
    }

    [Fact]
    public async Task Another_image_of_the_same_name_is_one_of_the_list_as_it_is_for_docker()
    {
        await _home.SaveAsync(New(List, Image("h.example/a:1")));
        var other = Image("h.example/other:1") with { Ref = Reference.Parse("h.example/a:1") };
        await File.WriteAllBytesAsync(Path.Combine(_home.FolderOf(List), "a-by-hand"), StoreFile.Write(other));
        var list = (await _home.FindAsync())!;
        Assert.Equal(["a-by-hand", "h.example_a-1"], list.Entries.Select(e => e.File));
        Assert.Empty(list.Copies);
        Assert.Equal("h.example_a-1", list.Find(other.Ref)!.File);

        await _home.SaveAsync(list.With(Image("h.example/a:1", new Platform("linux", "arm64"))), list);
        Assert.Equal([other.Descriptor.Digest, list.Entries[1].Image.Descriptor.Digest], (await _home.FindAsync())!.Entries.Select(e => e.Image.Descriptor.Digest));
    }

    [Fact]
    public async Task Files_that_are_none_of_dockers_are_named()
    {
        await _home.SaveAsync(New(List, Image("h.example/a:1")));
        var path = Path.Combine(_home.FolderOf(List), "x");
        Directory.CreateDirectory(path);
        Assert.Equal($"read {path}: is a directory", (await Assert.ThrowsAsync<ManifestException>(() => _home.FindAsync())).Words);
        Directory.Delete(path);
        await using (var large = File.Create(path)) large.SetLength(StoreFile.MaxBytes + 1);
        var error = await Assert.ThrowsAsync<ViaductException>(() => _home.FindAsync());
        Assert.Equal(("VIA5130", path), (error.Code, error.Where));
        Assert.Contains("more than", error.Message);
    }

    [Fact]
    public async Task A_file_of_any_name_with_an_image_of_its_own_counts_as_it_does_for_docker()
    {
        await _home.SaveAsync(New(List, Image("h.example/b:1")));
        await File.WriteAllBytesAsync(Path.Combine(_home.FolderOf(List), "a-by-hand"), StoreFile.Write(Image("h.example/z:1")));
        var was = await _home.FindAsync();
        Assert.Equal(["h.example/z:1", "h.example/b:1"], was!.Entries.Select(e => e.Image.Ref.ToString()));
        await _home.SaveAsync(was.With(Image("h.example/z:1", new Platform("linux", "arm64"))), was);
        Assert.Equal(["a-by-hand", "h.example_b-1"], (await _home.FindAsync())!.Entries.Select(e => e.File));
    }

    [Fact]
    public async Task More_files_than_a_list_can_have_are_not_read()
    {
        Directory.CreateDirectory(_home.FolderOf(List));
        for (var i = 0; i <= 4096; i++) File.Create(Path.Combine(_home.FolderOf(List), $"{i}")).Dispose();
        Assert.Equal("VIA5138", (await Assert.ThrowsAsync<ViaductException>(() => _home.FindAsync())).Code);
    }
}
