using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Tests.Engines;

public sealed class Images_of_docker_s_own_store
{
    private static readonly byte[] Layer = [.. Enumerable.Range(0, 4096).Select(i => (byte)(i / 100))];

    [Fact]
    public async Task Layers_of_a_graph_driver_are_packed_to_the_same_bytes_each_time_and_the_config_keeps_its_own()
    {
        var config = Config("amd64");
        var archive = Tar(("c.json", config), ("layer.tar", Layer), ("manifest.json", """[{"Config":"c.json","RepoTags":["a:1"],"Layers":["layer.tar"]}]"""u8.ToArray()));

        await using var first = (await OpenAsync(archive))!;
        await using var second = (await OpenAsync(archive))!;

        Assert.Equal(first.Manifest.Bytes.ToArray(), second.Manifest.Bytes.ToArray());
        var image = first.Manifest.AsImage();
        Assert.Equal((MediaTypes.DockerManifest, MediaTypes.DockerConfig), (first.Manifest.MediaType, image.Config.MediaType));
        Assert.Equal(config, await first.ReadSmallBlobAsync(image.Config, 4096, default));
        var layer = Assert.Single(image.Layers);
        Assert.Equal(MediaTypes.DockerLayerGzip, layer.MediaType);
        using var plain = new MemoryStream();
        await using (var packed = new GZipStream(await first.OpenBlobAsync(layer, default), CompressionMode.Decompress)) await packed.CopyToAsync(plain, TestContext.Current.CancellationToken);
        Assert.Equal(Layer, plain.ToArray());
    }

    [Fact]
    public async Task A_manifest_of_containerd_s_store_is_as_it_is()
    {
        var image = Image("arm64");

        await using var opened = (await OpenAsync(Layout(image.Manifest, image.Blobs)))!;

        Assert.Equal(image.Manifest.Bytes.ToArray(), opened.Manifest.Bytes.ToArray());
        Assert.Equal(image.Manifest.Digest, (await opened.FindManifestAsync(image.Manifest.Digest.ToString(), default))!.Digest);
    }

    [Fact]
    public async Task Of_a_list_only_what_is_there_whole_is_in_it()
    {
        var (here, absent, half) = (Image("arm64"), Image("amd64"), Image("s390x"));
        var list = ManifestList.WriteInOrder([Entry(here, "arm64"), Entry(absent, "amd64"), Entry(half, "s390x")]);

        await using var opened = (await OpenAsync(Layout(list, [.. here.Blobs, here.Manifest.Bytes.ToArray(), half.Manifest.Bytes.ToArray()])))!;

        Assert.Equal(here.Manifest.Digest, Assert.Single(opened.Manifest.AsIndex().Manifests).Digest);
    }

    [Fact]
    public async Task An_image_that_docker_does_not_have_is_none_and_one_that_it_cannot_give_is_an_error()
    {
        await using var engine = await ScriptedBuilder.StartAsync();
        engine.Inspect = ScriptedBuilder.Text("""{"message":"No such image: a:1"}""", 404);
        Assert.Null(await OpenAsync(engine));

        Assert.Equal("VIA2169", (await Assert.ThrowsAsync<ViaductException>(() => OpenAsync("junk"u8.ToArray()))).Code);
        Assert.Equal("VIA2169", (await Assert.ThrowsAsync<ViaductException>(() => OpenAsync(Tar(("c.json", Config("amd64")), ("layer.tar", [1]), ("manifest.json", """[{"Config":"c.json","Layers":["layer.tar"]}]"""u8.ToArray()))))).Code);
    }

    private static async Task<DaemonImage?> OpenAsync(byte[] archive)
    {
        await using var engine = await ScriptedBuilder.StartAsync();
        engine.Save = ScriptedBuilder.Bytes(archive);
        return await OpenAsync(engine);
    }

    private static Task<DaemonImage?> OpenAsync(ScriptedBuilder engine) => DaemonImage.OpenAsync("a:1", v => v == "DOCKER_HOST" ? engine.Address : null, default);

    private static (RawManifest Manifest, byte[][] Blobs) Image(string architecture)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Layer);
        var (config, layer) = (Config(architecture), (byte[])[.. packed.ToArray()]);
        return (new ImageManifest(Blob.FromBytes(MediaTypes.OciConfig, config).Descriptor, [Blob.FromBytes(MediaTypes.OciLayerGzip, layer).Descriptor]).ToManifest(), [config, layer]);
    }

    private static Descriptor Entry((RawManifest Manifest, byte[][] Blobs) image, string architecture) => image.Manifest.Descriptor with { Platform = new Platform("linux", architecture) };

    private static byte[] Config(string architecture) => new ImageConfig(new Platform("linux", architecture)) { DiffIds = [Digest.Sha256(Layer)] }.ToBytes();

    private static byte[] Layout(RawManifest root, byte[][] blobs) => Tar([
        ("oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray()),
        ("index.json", Encoding.ASCII.GetBytes($$"""{"schemaVersion":2,"manifests":[{"mediaType":"{{root.MediaType}}","digest":"{{root.Digest}}","size":{{root.Bytes.Length}}}]}""")),
        .. blobs.Append(root.Bytes.ToArray()).DistinctBy(b => Digest.Sha256(b)).Select(b => ($"blobs/sha256/{Digest.Sha256(b).Hex}", b))]);

    private static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (name, content) in files) tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        return bytes.ToArray();
    }
}
