using System.Text;
using Viaduct.Oci.Layouts;

namespace Viaduct.Oci.Tests.Layouts;

/// <summary>Entries of index.json, and what is found through them.</summary>
public sealed class LayoutEntryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<OciLayout> MakeAsync() => OciLayout.OpenOrCreateAsync(_folder["l"], default);

    private static RawManifest About(RawManifest subject, string more = "") => RawManifest.Parse(Encoding.UTF8.GetBytes(
        $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciIndex}}}","manifests":[],"subject":{"mediaType":"{{{subject.MediaType}}}","digest":"{{{subject.Digest}}}","size":{{{subject.Bytes.Length}}}}{{{more}}}}"""), null);

    [Fact]
    public async Task One_tag_of_two_whole_names_is_two_entries_and_each_is_found()
    {
        var layout = await MakeAsync();
        var (a, b) = (await Images.PushAsync(layout, "amd64"), await Images.PushAsync(layout, "arm64"));
        foreach (var (name, manifest) in new[] { ("r.io/a:1", b), ("r.io/b:1", b), ("r.io/a:1", a) }) await layout.NameAsync(new LayoutName("1", name), manifest, default);
        Assert.Equal([("r.io/a:1", a.Digest), ("r.io/b:1", b.Digest)], (await layout.ListAsync(default)).Select(e => (LayoutName.Of(e)!.ToString(), e.Digest)));
        Assert.Equal(b.Digest, (await layout.FindManifestAsync("r.io/b:1", default))!.Digest);
        await layout.TagAsync("1", a, default);
        Assert.Null(LayoutName.Of(Assert.Single(await layout.ListAsync(default)))!.ImageName);
    }

    [Fact]
    public async Task An_index_that_could_not_be_read_again_is_not_written()
    {
        var layout = await MakeAsync();
        var image = await Images.PushAsync(layout, "amd64");
        await layout.TagAsync("1", image, default);
        var before = File.ReadAllText(_folder["l", "index.json"]);
        var refused = await Assert.ThrowsAsync<ViaductException>(() => layout.NameAsync(new string('n', RawManifest.MaxSize), image, default));
        Assert.Equal("VIA1035", refused.Code);
        Assert.Equal(before, File.ReadAllText(_folder["l", "index.json"]));
    }

    [Fact]
    public async Task An_entry_whose_annotations_are_none_is_passed_over()
    {
        var layout = await MakeAsync();
        var image = await Images.PushAsync(layout, "amd64");
        var sound = About(image);
        await layout.PushReferrersAsync([About(image, ""","annotations":{"a":1}"""), sound], default);
        Assert.Equal(sound.Digest, Assert.Single(await layout.ReferrersAsync(image.Digest, null, default).ToListAsync()).Digest);
    }

    [Fact]
    public async Task A_damaged_entry_is_told_with_its_folder_and_what_to_do()
    {
        var layout = await MakeAsync();
        var image = await Images.PushAsync(layout, "amd64");
        var about = About(image);
        await layout.PushReferrerAsync(about, default);
        File.WriteAllText(_folder["l", "blobs", "sha256", about.Digest.Hex], "damaged");
        var found = await Assert.ThrowsAsync<ViaductException>(async () => await layout.ReferrersAsync(image.Digest, null, default).ToListAsync());
        Assert.Equal(("VIA1012", layout.Folder), (found.Code, found.Where));
        Assert.Contains("--no-referrers", found.Todo);
    }

    [Fact]
    public async Task An_archive_finds_the_same_referrers_as_a_layout()
    {
        var layout = await MakeAsync();
        var image = await Images.PushAsync(layout, "amd64");
        var (nameless, listed) = (About(image), About(image, ""","annotations":{"n":"1"}"""));
        await layout.PushManifestAsync(listed, default);
        var list = RawManifest.Parse(Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{"mediaType":"{{listed.MediaType}}","digest":"{{listed.Digest}}","size":{{listed.Bytes.Length}}}]}"""), null);
        var bytes = new MemoryStream();
        await OciArchive.WriteAsync([], [image, nameless, listed, list], [(image, "1"), (nameless, null), (list, $"sha256-{image.Digest.Hex}")], bytes, default);
        bytes.Position = 0;
        await using var spool = new BlobSpool(_folder["spool"]);
        var archive = await ImageArchive.OpenAsync(bytes, spool, new ImageArchiveLimits(), default);
        Assert.Equal([listed.Digest, nameless.Digest], (await archive.ReferrersAsync(image.Digest, null, default).ToListAsync()).Select(r => r.Digest));
    }
}
