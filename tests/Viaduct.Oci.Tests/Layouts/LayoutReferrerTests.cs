using System.Text;
using System.Text.Json;
using Viaduct.Oci.Layouts;

namespace Viaduct.Oci.Tests.Layouts;

public sealed class LayoutReferrerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<OciLayout> MakeAsync() => OciLayout.OpenOrCreateAsync(_folder["l"], default);

    private static RawManifest About(RawManifest subject, string note, string type = "application/x.sbom") => RawManifest.Parse(Encoding.UTF8.GetBytes(
        $$$"""
        {"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","artifactType":"{{{type}}}","config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{{{Digest.Sha256("{}"u8)}}}","size":2},"layers":[],"subject":{"mediaType":"{{{subject.MediaType}}}","digest":"{{{subject.Digest}}}","size":{{{subject.Bytes.Length}}}},"annotations":{"note":"{{{note}}}"}}
        """), null);

    private static async Task<string> NotesAsync(OciLayout layout, RawManifest subject, string? type = null) =>
        string.Join(' ', (await layout.ReferrersAsync(subject.Digest, type, default).ToListAsync()).Select(r => $"{r.Annotations["note"]}:{r.ArtifactType}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task What_is_about_an_image_is_found_again_and_only_that()
    {
        var layout = await MakeAsync();
        var list = await Images.PushListAsync(layout, "amd64", "arm64");
        await layout.TagAsync("1", list, default);
        var sbom = About(list, "a");
        await layout.PushReferrerAsync(sbom, default);
        await layout.PushReferrerAsync(About(list, "b", "application/x.signature"), default);
        await layout.PushReferrerAsync(About(sbom, "of a"), default);
        foreach (var seen in new[] { layout, await OciLayout.OpenAsync(_folder["l"], default) })
        {
            Assert.Equal("a:application/x.sbom b:application/x.signature", await NotesAsync(seen, list));
            Assert.Equal("b:application/x.signature", await NotesAsync(seen, list, "application/x.signature"));
            Assert.Equal("of a:application/x.sbom", await NotesAsync(seen, sbom));
            Assert.Empty(await seen.ReferrersAsync(Digest.Sha256("other"u8), null, default).ToListAsync());
        }
    }

    [Fact]
    public async Task It_has_an_entry_without_a_name_and_each_has_one()
    {
        var layout = await MakeAsync();
        var list = await Images.PushListAsync(layout, "amd64");
        await layout.TagAsync("1", list, default);
        RawManifest a = About(list, "a"), b = About(list, "b");
        foreach (var manifest in new[] { a, b, a }) await layout.PushReferrerAsync(manifest, default);
        await layout.TagAsync("2", list, default);
        using var index = JsonDocument.Parse(File.ReadAllText(_folder["l", "index.json"]));
        var entries = index.RootElement.GetProperty("manifests").EnumerateArray().Select(e => (Digest: e.GetProperty("digest").GetString(), IsNamed: e.TryGetProperty("annotations", out _))).ToList();
        Assert.Equal([(list.Digest.ToString(), true), (list.Digest.ToString(), true)], entries.Where(e => e.IsNamed));
        Assert.Equal([.. new[] { a.Digest.ToString(), b.Digest.ToString() }.Order(StringComparer.Ordinal)], entries.Where(e => !e.IsNamed).Select(e => e.Digest));
    }

    [Fact]
    public async Task A_list_under_the_tag_of_the_subject_counts_too_and_each_comes_once()
    {
        var layout = await MakeAsync();
        var image = await Images.PushListAsync(layout, "amd64");
        RawManifest a = About(image, "a"), b = About(image, "b");
        await layout.PushReferrerAsync(a, default);
        await layout.PushManifestAsync(b, default);
        Assert.Equal("a:application/x.sbom", await NotesAsync(layout, image));
        // What a copy of a registry without a list of its own brings along; its entries need not say what they are.
        var entries = string.Join(',', new[] { a, b }.Select(m => $$"""{"mediaType":"{{m.MediaType}}","digest":"{{m.Digest}}","size":{{m.Bytes.Length}}}"""));
        await layout.TagAsync($"sha256-{image.Digest.Hex}", RawManifest.Parse(Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{entries}}]}"""), null), default);
        Assert.Equal("a:application/x.sbom b:application/x.sbom", await NotesAsync(layout, image));
    }

    [Fact]
    public async Task Entries_that_are_gone_or_no_manifests_are_passed_over()
    {
        var layout = await MakeAsync();
        var image = await Images.PushListAsync(layout, "amd64");
        RawManifest a = About(image, "a"), lost = About(image, "lost"), broken = About(image, "broken");
        foreach (var manifest in new[] { a, lost, broken }) await layout.PushReferrerAsync(manifest, default);
        File.Delete(_folder["l", "blobs", "sha256", lost.Digest.Hex]);
        var junk = "not JSON"u8.ToArray();
        File.WriteAllBytes(_folder["l", "blobs", "sha256", Digest.Sha256(junk).Hex], junk);
        File.WriteAllText(_folder["l", "index.json"], File.ReadAllText(_folder["l", "index.json"]).Replace(broken.Digest.Hex, Digest.Sha256(junk).Hex, StringComparison.Ordinal));
        Assert.Equal("a:application/x.sbom", await NotesAsync(layout, image));
        await layout.PushManifestAsync(lost, default);
        Assert.Equal("a:application/x.sbom lost:application/x.sbom", await NotesAsync(layout, image));
    }
}
