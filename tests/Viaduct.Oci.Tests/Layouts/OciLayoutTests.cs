using System.Text;
using Viaduct.Oci.Layouts;

namespace Viaduct.Oci.Tests.Layouts;

public sealed class OciLayoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Index => File.ReadAllText(_folder["l", "index.json"]);

    private Task<OciLayout> Make() => OciLayout.OpenOrCreateAsync(_folder["l"], default);

    [Fact]
    public async Task A_new_layout_is_what_the_spec_says_and_opens_again()
    {
        await Make();
        Assert.Equal("""{"imageLayoutVersion":"1.0.0"}""", File.ReadAllText(_folder["l", "oci-layout"]));
        Assert.Equal("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""", Index);
        Assert.Empty(await (await OciLayout.OpenAsync(_folder["l"], default)).ListAsync(default));
        await Make();
    }

    [Fact]
    public async Task What_is_pushed_and_tagged_is_found()
    {
        var layout = await Make();
        var list = await Images.PushListAsync(layout, "amd64", "arm64");
        await layout.TagAsync("1", list, default);
        await layout.TagAsync("latest", list, default);

        layout = await OciLayout.OpenAsync(_folder["l"], default);
        Assert.Equal(list.Bytes, (await layout.FindManifestAsync("1", default))!.Bytes.ToArray());
        Assert.Equal(MediaTypes.OciIndex, (await layout.FindManifestAsync(list.Digest.ToString(), default))!.MediaType);
        Assert.Null(await layout.FindManifestAsync("2", default));
        Assert.Null(await layout.FindManifestAsync(Digest.Sha256("no"u8).ToString(), default));
        Assert.Equal(3 + 2 + 3, await Images.VerifyAsync(layout, list));
        Assert.Equal(["1", "latest"], (await layout.ListAsync(default)).Select(d => d.Annotations[Annotations.RefName]));
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories), f => f.Contains(AtomicFile.TemporaryPrefix));
    }

    [Fact]
    public async Task The_order_of_the_tagging_leaves_no_trace()
    {
        var layout = await Make();
        var (a, b) = (await Images.PushAsync(layout, "amd64"), await Images.PushAsync(layout, "arm64"));
        foreach (var (tag, manifest) in new[] { ("b", b), ("a", b), ("c", a), ("a", a) }) await layout.TagAsync(tag, manifest, default);
        var first = Index;
        foreach (var (tag, manifest) in new[] { ("c", b), ("c", a), ("b", b), ("a", a) }) await layout.TagAsync(tag, manifest, default);
        Assert.Equal(first, Index);
        Assert.Equal(a.Digest, (await layout.FindManifestAsync("a", default))!.Digest);
    }

    [Fact]
    public async Task Tags_of_many_tasks_are_all_kept()
    {
        var layout = await Make();
        var image = await Images.PushAsync(layout, "amd64");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => layout.TagAsync($"t{i}", image, default))));
        Assert.Equal(40, (await layout.ListAsync(default)).Count);
    }

    [Fact]
    public async Task What_other_tools_wrote_into_the_index_survives()
    {
        var layout = await Make();
        var image = await Images.PushAsync(layout, "amd64");
        var entry = $$$"""{"digest":"{{{image.Digest}}}","size": {{{image.Bytes.Length}}},"mediaType":"{{{image.MediaType}}}","data":"e30=","platform":{"os":"linux","architecture":"amd64","x":1},"annotations":{"org.opencontainers.image.ref.name":"theirs"}}""";
        File.WriteAllText(_folder["l", "index.json"], $$$"""{"schemaVersion":2,"manifests":[{{{entry}}}],"annotations":{"a" : "b"}}""");
        await layout.TagAsync("ours", image, default);
        Assert.Contains(entry, Index);
        Assert.Contains("""{"a" : "b"}""", Index);
        Assert.Equal(image.Digest, (await layout.FindManifestAsync("theirs", default))!.Digest);
        await layout.TagAsync("theirs", image, default);
        Assert.DoesNotContain("data", Index);
    }

    [Theory]
    [InlineData("hellO", "VIA1012")]
    [InlineData("hell", "VIA1012")]
    [InlineData("hello!", "VIA1012")]
    public async Task A_blob_that_is_not_its_descriptor_leaves_nothing(string came, string code)
    {
        var layout = await Make();
        var blob = new Blob(new Descriptor("m", Digest.Sha256("hello"u8), 5), _ => ValueTask.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(came))));
        Assert.Equal(code, (await Assert.ThrowsAsync<ViaductException>(() => layout.PushBlobAsync(blob, default))).Code);
        Assert.Empty(Directory.EnumerateFiles(_folder["l", "blobs"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_blob_that_is_there_is_not_asked_for()
    {
        var layout = await Make();
        await layout.PushBlobAsync(Blob.FromBytes("m", "hello"u8.ToArray()), default);
        await layout.PushBlobAsync(new Blob(new Descriptor("m", Digest.Sha256("hello"u8), 5), _ => throw new InvalidOperationException()), default);
    }

    [Fact]
    public async Task A_blob_whose_file_was_damaged_is_written_again()
    {
        var layout = await Make();
        var blob = Blob.FromBytes("m", "hello"u8.ToArray());
        await layout.PushBlobAsync(blob, default);
        File.WriteAllText(_folder["l", "blobs", "sha256", blob.Descriptor.Digest.Hex], "hellO");
        await layout.PushBlobAsync(blob, default);
        Assert.Equal("hello", File.ReadAllText(_folder["l", "blobs", "sha256", blob.Descriptor.Digest.Hex]));
    }

    [Fact]
    public async Task A_damaged_layout_is_noticed()
    {
        var layout = await Make();
        var image = await Images.PushAsync(layout, "amd64", false, Images.Tar("a", "b"));
        await layout.TagAsync("1", image, default);
        var layer = image.AsImage().Layers[0];

        var file = _folder["l", "blobs", "sha256", layer.Digest.Hex];
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Equal("VIA1012", (await Assert.ThrowsAsync<ViaductException>(() => Images.VerifyAsync(layout, image))).Code);
        File.Delete(file);
        Assert.Equal("VIA1032", (await Assert.ThrowsAsync<ViaductException>(() => Images.VerifyAsync(layout, image))).Code);

        File.AppendAllText(_folder["l", "blobs", "sha256", image.Digest.Hex], " ");
        Assert.Equal("VIA1012", (await Assert.ThrowsAsync<ViaductException>(() => layout.FindManifestAsync("1", default))).Code);
        File.Delete(_folder["l", "blobs", "sha256", image.Digest.Hex]);
        Assert.Equal("VIA1032", (await Assert.ThrowsAsync<ViaductException>(() => layout.FindManifestAsync("1", default))).Code);
    }

    [Theory]
    [InlineData("oci-layout", null, "no file oci-layout")]
    [InlineData("oci-layout", "{}", "version")]
    [InlineData("oci-layout", """{"imageLayoutVersion":"2.0.0"}""", "version")]
    [InlineData("oci-layout", "x", "not JSON")]
    [InlineData("index.json", null, "no index.json")]
    [InlineData("index.json", "[]", "not a JSON object")]
    [InlineData("index.json", """{"manifests":[{"digest":"sha256:../../x","size":1}]}""", "not a digest")]
    public async Task A_folder_that_is_no_layout_is_refused(string file, string? content, string why)
    {
        await Make();
        if (content is null) File.Delete(_folder["l", file]);
        else File.WriteAllText(_folder["l", file], content);
        var error = await Assert.ThrowsAsync<ViaductException>(() => OciLayout.OpenAsync(_folder["l"], default));
        Assert.Equal("VIA1030", error.Code);
        Assert.Contains(why, error.Message);
    }

    [Fact]
    public async Task Files_are_read_to_a_limit()
    {
        await Make();
        File.WriteAllText(_folder["l", "index.json"], "{" + new string(' ', RawManifest.MaxSize) + "}");
        Assert.Contains("more than", (await Assert.ThrowsAsync<ViaductException>(() => OciLayout.OpenAsync(_folder["l"], default))).Message);
    }

    [Fact]
    public async Task A_folder_of_other_things_is_not_made_a_layout()
    {
        File.WriteAllText(_folder["precious"], "x");
        Assert.Equal("VIA1030", (await Assert.ThrowsAsync<ViaductException>(() => OciLayout.OpenOrCreateAsync(_folder.Path, default))).Code);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("")]
    [InlineData("a/b")]
    public async Task Only_a_tag_is_a_tag(string tag)
    {
        var layout = await Make();
        var image = await Images.PushAsync(layout, "amd64");
        Assert.Equal("VIA1002", (await Assert.ThrowsAsync<ViaductException>(() => layout.TagAsync(tag, image, default))).Code);
        Assert.Null(await layout.FindManifestAsync(tag, default));
    }
}
