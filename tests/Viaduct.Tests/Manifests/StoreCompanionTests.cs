using CsCheck;
using Viaduct.Manifests;
using Viaduct.Oci;
using static Viaduct.Tests.Manifests.StoreHome;

namespace Viaduct.Tests.Manifests;

/// <summary>What is kept beside docker's store, and when it counts.</summary>
public sealed class StoreCompanionTests : IDisposable
{
    private static readonly StoredManifest Amd64 = Image("h.example/amd64:1");
    private static readonly StoredManifest Arm64 = Image("h.example/arm64:1", new Platform("linux", "arm64"));

    private static readonly StoredList Full = New(List, Amd64, Arm64) with
    {
        Companion = new Companion(List)
        {
            Annotations = new Dictionary<string, string> { ["b"] = "2", ["a"] = "<1>" },
            Attestations = [AttestationOf(Amd64), AttestationOf(Arm64)],
            Sources = new Dictionary<Digest, string> { [Amd64.Descriptor.Digest] = "oci:/a b:c" },
        },
    };

    private readonly StoreHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task It_comes_back_as_it_was_and_docker_has_nothing_of_it_in_its_folders()
    {
        await _home.SaveAsync(Full);
        var found = (await _home.FindAsync())!.Companion;
        Assert.Equal(List, found.List);
        Assert.Equal(Full.Companion.Annotations, found.Annotations);
        Assert.Equal(Full.Companion.Sources, found.Sources);
        Assert.Equal(Full.Companion.Attestations.Select(a => (a.Entry, a.Repository, a.Manifest.Digest)), found.Attestations.Select(a => (a.Entry, a.Repository, a.Manifest.Digest)));
        Assert.Equal(2, _home.Files().Count);
        Assert.True(File.Exists(_home.At("viaduct", "manifests", "127.0.0.1-5133_app-1.0.json")));
    }

    [Fact]
    public async Task It_does_not_come_back_to_life_for_a_list_that_docker_has_made_anew_of_other_images()
    {
        await _home.SaveAsync(Full);
        Directory.Delete(_home.FolderOf(List), recursive: true);
        Assert.Null(await _home.FindAsync());
        Directory.CreateDirectory(_home.FolderOf(List));
        Assert.Empty((await _home.FindAsync())!.Companion.Annotations);
        await File.WriteAllBytesAsync(Path.Combine(_home.FolderOf(List), "x"), StoreFile.Write(Image("h.example/new:1")));
        Assert.Empty((await _home.FindAsync())!.Companion.Annotations);
        await File.WriteAllBytesAsync(Path.Combine(_home.FolderOf(List), "y"), StoreFile.Write(Arm64));
        Assert.Equal(2, (await _home.FindAsync())!.Companion.Annotations.Count);
    }

    [Fact]
    public async Task Of_an_image_that_docker_has_taken_out_or_replaced_it_says_nothing()
    {
        await _home.SaveAsync(Full);
        File.Delete(Path.Combine(_home.FolderOf(List), ManifestList.StoreName(Amd64.Ref)));
        var found = (await _home.FindAsync())!.Companion;
        Assert.Equal(Arm64.Descriptor.Digest.ToString(), Assert.Single(found.Attestations).Entry.Annotations["vnd.docker.reference.digest"]);
        Assert.Empty(found.Sources);
    }

    [Fact]
    public async Task It_tells_two_lists_apart_that_docker_keeps_in_one_folder()
    {
        var (one, other) = (Reference.Parse("h.example/app:1-x"), Reference.Parse("h.example/app-1:x"));
        await _home.SaveAsync(New(one, Amd64));
        var error = await Assert.ThrowsAsync<ViaductException>(() => _home.FindAsync(other));
        Assert.Equal(("VIA5133", other.ToString()), (error.Code, error.Where));
        Assert.Contains(one.ToString(), error.Message);
        Assert.Equal("VIA5133", (await Assert.ThrowsAsync<ViaductException>(() => _home.Store.RemoveAsync(other, default))).Code);

        File.Delete(_home.At("viaduct", "manifests", "h.example_app-1-x.json"));
        Assert.NotNull(await _home.FindAsync(other));
    }

    [Fact]
    public async Task It_knows_whether_the_list_is_as_it_was_pushed()
    {
        await _home.SaveAsync(Full.AsPushed(Digest.Sha256([])));
        var pushed = (await _home.FindAsync())!;
        Assert.Equal(Digest.Sha256([]), pushed.Companion.Pushed);
        Assert.True(pushed.IsAsPushed);
        Assert.False(pushed.With(Image("h.example/x:1")).IsAsPushed);
        Assert.False((pushed with { Companion = pushed.Companion with { Annotations = new Dictionary<string, string>() } }).IsAsPushed);

        var file = Path.Combine(_home.FolderOf(List), ManifestList.StoreName(Amd64.Ref));
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"os\":\"linux\"", "\"os\":\"linux\",\"os.version\":\"1\"", StringComparison.Ordinal));
        Assert.False((await _home.FindAsync())!.IsAsPushed);
    }

    [Fact]
    public async Task A_list_that_was_changed_while_it_was_pushed_is_not_as_pushed()
    {
        await _home.SaveAsync(Full.AsPushed(Digest.Sha256([1])));
        var now = (await _home.FindAsync())!.With(Image("h.example/meanwhile:1"));
        await _home.SaveAsync(now, await _home.FindAsync());
        await _home.SaveAsync(now with { Companion = now.Companion with { Pushed = Digest.Sha256([2]), PushedAs = Digest.Sha256([3]) } }, now);
        var found = (await _home.FindAsync())!;
        Assert.Equal(Digest.Sha256([2]), found.Companion.Pushed);
        Assert.False(found.IsAsPushed);
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_is_no_hindrance_to_removing_the_list()
    {
        await _home.SaveAsync(Full);
        var path = _home.At("viaduct", "manifests", "127.0.0.1-5133_app-1.0.json");
        await File.WriteAllTextAsync(path, """{"version":2}""");
        var error = await Assert.ThrowsAsync<ViaductException>(() => _home.FindAsync());
        Assert.Equal(("VIA5134", path), (error.Code, error.Where));
        Assert.Contains("newer", error.Message);
        Assert.True(await _home.Store.RemoveAsync(List, default));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Damaged_it_is_what_it_is_or_an_error_with_a_code()
    {
        var bytes = new CompanionFile(Full.Companion, Full.Entries.Select(e => e.Image.Descriptor.Digest).ToHashSet()).Write();
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, cut) =>
        {
            byte[] damaged = cut ? bytes[..at] : [.. bytes[..at], value, .. bytes[(at + 1)..]];
            try
            {
                CompanionFile.Read(damaged, why => new ViaductException("VIA5134", why));
            }
            catch (ViaductException e)
            {
                Assert.Equal("VIA5134", e.Code);
            }
        }, iter: 20_000);
    }

    [Fact]
    public void A_folder_with_a_very_long_name_has_a_shorter_one_beside_it()
    {
        var (one, other) = (new string('a', 240) + "1", new string('a', 240) + "2");
        Assert.InRange(StoreNames.Beside(one, ".json").Length, 100, 200);
        Assert.NotEqual(StoreNames.Beside(one, ".json"), StoreNames.Beside(other, ".json"));
    }
}
