using System.Formats.Tar;
using System.Text;
using CsCheck;
using Viaduct.Oci.Layouts;

namespace Viaduct.Oci.Tests.Layouts;

public sealed class ImageArchiveTests : IAsyncDisposable
{
    private static readonly string[] Architectures = ["amd64", "arm64", "s390x", "riscv64"];

    private readonly TemporaryFolder _folder = new();
    private readonly BlobSpool _spool;

    public ImageArchiveTests() => _spool = new BlobSpool(_folder["spool"], memoryLimit: 4096);

    public async ValueTask DisposeAsync()
    {
        await _spool.DisposeAsync();
        _folder.Dispose();
    }

    private Task<OciLayout> Layout(string name = "l") => OciLayout.OpenOrCreateAsync(_folder[name], default);

    private Task<ImageArchive> Open(byte[] bytes, ImageArchiveLimits? limits = null) =>
        ImageArchive.OpenAsync(new MemoryStream(bytes), _spool, limits ?? new ImageArchiveLimits(), default);

    private static async Task<byte[]> Oci(IContentSource source, RawManifest manifest, params string[] names)
    {
        var output = new MemoryStream();
        await OciArchive.ExportAsync(source, [(manifest, [.. names.Select(Reference.Parse)])], output, default);
        return output.ToArray();
    }

    private static async Task<byte[]> Docker(IContentSource source, RawManifest manifest, params string[] names)
    {
        var output = new MemoryStream();
        await DockerArchive.ExportAsync(source, manifest, [.. names.Select(Reference.Parse)], output, default);
        return output.ToArray();
    }

    [Fact]
    public void Export_and_import_keep_every_digest() =>
        Gen.Select(Gen.Int[0, 3].Array[1, 4].Select(i => i.Select(a => Architectures[a]).ToArray()), Gen.Bool, Gen.Byte.Array[0, 9000].Array[1, 3]).Sample(t =>
        {
            var (architectures, docker, contents) = t;
            using var folder = new TemporaryFolder();
            Run().GetAwaiter().GetResult();

            async Task Run()
            {
                var first = await OciLayout.OpenOrCreateAsync(folder["first"], default);
                var manifest = architectures.Length > 1
                    ? await Images.PushListAsync(first, [.. architectures.Distinct()])
                    : await Images.PushAsync(first, architectures[0], docker, [.. contents.Select((c, i) => Images.Tar($"f{i}", Convert.ToHexString(c)))]);
                var bytes = manifest.IsImage && contents[0].Length % 2 == 0 ? await Docker(first, manifest, "r.io/x:1") : await Oci(first, manifest, "r.io/x:1");

                await using var spool = new BlobSpool(folder["spool"], memoryLimit: 1000);
                var archive = await ImageArchive.OpenAsync(new MemoryStream(bytes), spool, new ImageArchiveLimits(), default);
                var found = await archive.FindManifestAsync("r.io/x:1", default);
                Assert.Equal(manifest.Digest, found!.Digest);
                Assert.Equal(manifest.MediaType, found.MediaType);

                var second = await OciLayout.OpenOrCreateAsync(folder["second"], default);
                await ImageCopy.CopyAsync(archive, found, second, default);
                Assert.Equal(Blobs(folder["first"]), Blobs(folder["second"]));
                Assert.Equal(await Images.VerifyAsync(first, manifest), await Images.VerifyAsync(second, manifest));
            }
        }, iter: 40, threads: 1);

    [Fact]
    public async Task An_archive_is_decided_by_its_images_alone()
    {
        var (a, b) = (await Layout("a"), await Layout("b"));
        var list = await Images.PushListAsync(a, "amd64", "arm64");
        await Images.PushListAsync(b, "arm64", "amd64");
        var bytes = await Oci(a, list, "r.io/x:1", "r.io/x:latest");
        Assert.Equal(bytes, await Oci(b, list, "r.io/x:latest", "r.io/x:1"));
        Assert.Equal(
            ["blobs/", "blobs/sha256/", "index.json", "oci-layout"],
            Entries(bytes).Where(e => !e.Name.StartsWith("blobs/sha256/", StringComparison.Ordinal) || e.Name.EndsWith('/')).Select(e => e.Name));
        Assert.All(Entries(bytes), e => Assert.Equal((0, 0, DateTimeOffset.UnixEpoch, ""), (e.Uid, e.Gid, e.ModificationTime, ((PosixTarEntry)e).UserName)));
    }

    [Fact]
    public async Task A_docker_archive_names_config_and_layers_as_docker_does()
    {
        var layout = await Layout();
        var image = await Images.PushAsync(layout, "amd64", false, Images.Tar("a", "1"), Images.Tar("b", "2"), Images.Tar("a", "1"));
        var bytes = await Docker(layout, image, "busybox:2", "r.io/x:1", "docker.io/library/busybox:2");
        var view = image.AsImage();
        Assert.Equal(
            $$$"""[{"Config":"blobs/sha256/{{{view.Config.Digest.Hex}}}","RepoTags":["busybox:2","r.io/x:1"],"Layers":["blobs/sha256/{{{view.Layers[0].Digest.Hex}}}","blobs/sha256/{{{view.Layers[1].Digest.Hex}}}","blobs/sha256/{{{view.Layers[0].Digest.Hex}}}"]}]""",
            Content(bytes, "manifest.json"));
        Assert.Contains("\"RepoTags\":null", Content(await Docker(layout, image), "manifest.json"));
        var archive = await Open(bytes);
        Assert.Equal(["r.io/x:1", "docker.io/library/busybox:2"], Assert.Single(archive.Images).Names);
    }

    [Fact]
    public async Task A_list_is_no_docker_archive()
    {
        var layout = await Layout();
        var list = await Images.PushListAsync(layout, "amd64");
        Assert.Equal("VIA1033", (await Assert.ThrowsAsync<ViaductException>(() => Docker(layout, list))).Code);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_archive_of_an_old_docker_is_read(bool gzipLayers, bool gzipAll)
    {
        var tar = Images.Tar("a", "1");
        var config = new ImageConfig(new Platform("linux", "arm64")) { DiffIds = [Digest.Sha256(tar), Digest.Sha256(tar)] }.ToBytes();
        var bytes = Images.Archive(
            ("abc/layer.tar", gzipLayers ? Images.Gzip(tar) : tar),
            ("./config.json", config),
            ("def/layer.tar", "../abc/layer.tar"),
            ("repositories", "{}"u8.ToArray()),
            ("manifest.json", Encoding.UTF8.GetBytes("""[{"Config":"config.json","RepoTags":["busybox:1","r.io/x:2"],"Layers":["abc/layer.tar","def/layer.tar"]}]""")));
        var archive = await Open(gzipAll ? Images.Gzip(bytes) : bytes);
        var found = (await archive.FindManifestAsync("docker.io/library/busybox:1", default))!;
        var image = found.AsImage();
        Assert.Equal(Digest.Sha256(config), image.Config.Digest);
        Assert.All(image.Layers, l => Assert.Equal(gzipLayers ? MediaTypes.OciLayerGzip : MediaTypes.OciLayer, l.MediaType));
        Assert.Equal(3, await Images.VerifyAsync(archive, found));
        Assert.Equal(found.Digest, (await archive.FindManifestAsync("2", default))!.Digest);
        Assert.Equal(found.Digest, (await archive.FindManifestAsync("busybox:1", default))!.Digest);
        Assert.Equal(found.Digest, (await archive.FindManifestAsync(found.Digest.ToString(), default))!.Digest);
        Assert.Null(await archive.FindManifestAsync("busybox", default));
        Assert.Null(await archive.FindManifestAsync("r.io/y:2", default));
    }

    [Fact]
    public async Task A_tag_of_two_images_is_ambiguous_and_a_whole_name_is_not()
    {
        var layout = await Layout();
        var (a, b) = (await Images.PushAsync(layout, "amd64"), await Images.PushAsync(layout, "arm64"));
        var output = new MemoryStream();
        await OciArchive.ExportAsync(layout, [(a, [Reference.Parse("r.io/a:1")]), (b, [Reference.Parse("r.io/b:1")])], output, default);
        var archive = await Open(output.ToArray());
        Assert.Equal("VIA1034", (await Assert.ThrowsAsync<ViaductException>(() => archive.FindManifestAsync("1", default))).Code);
        Assert.Equal(b.Digest, (await archive.FindManifestAsync("r.io/b:1", default))!.Digest);
    }

    private static List<TarEntry> Entries(byte[] bytes)
    {
        using var tar = new TarReader(new MemoryStream(bytes));
        var entries = new List<TarEntry>();
        while (tar.GetNextEntry(copyData: true) is { } entry) entries.Add(entry);
        return entries;
    }

    private static string Content(byte[] bytes, string name) => new StreamReader(Entries(bytes).Single(e => e.Name == name).DataStream!).ReadToEnd();

    private static IEnumerable<string> Blobs(string layout) =>
        Directory.EnumerateFiles(Path.Combine(layout, "blobs"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(layout, f)).Order();
}
