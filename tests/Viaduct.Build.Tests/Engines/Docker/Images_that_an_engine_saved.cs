using System.IO.Compression;
using Viaduct.Build.Engines;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Build.Tests.Engines;

public sealed class Images_that_an_engine_saved : IAsyncDisposable
{
    private static readonly EngineInfo Info = new("docker", "28", "unix:///x", Platform.Parse("linux/amd64"), HasContainerdStore: true);

    private readonly BlobSpool _spool = new(Path.Combine(Path.GetTempPath(), "viaduct-saved-" + Guid.NewGuid().ToString("n")));

    private static BuiltImage Image(string platform, byte[] layer, Digest? diffId = null)
    {
        var plain = Blob.FromBytes(MediaTypes.OciLayer, layer);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(layer);
        var blob = Blob.FromBytes(MediaTypes.OciLayerGzip, packed.ToArray());
        var config = new ImageConfig(Platform.Parse(platform)) { DiffIds = [diffId ?? plain.Descriptor.Digest] };
        var configBlob = Blob.FromBytes(MediaTypes.OciConfig, config.ToBytes());
        return new BuiltImage(config.Platform, new ImageManifest(configBlob.Descriptor, [blob.Descriptor]).ToManifest(), config, [configBlob, blob]);
    }

    private async Task<BuiltImage> ReadAsync(string platform, ImageForm form, params BuiltImage[] images)
    {
        var bases = new FakeBases();
        foreach (var image in images) bases.Add(image.Manifest.Digest.ToString(), image);
        using var archive = new MemoryStream();
        await OciArchive.ExportAsync(bases, [.. images.Select(i => (i.Manifest, (IReadOnlyList<Reference>)[]))], archive, TestContext.Current.CancellationToken);
        archive.Position = 0;
        var request = new BuildRequest { Name = "test", Context = "/", Dockerfile = "Dockerfile", Platform = Platform.Parse(platform), Bases = bases, Form = form };
        return await new SavedImage(request, Info, null, _spool).ReadAsync(archive, Image("linux/amd64", []).Manifest.Digest, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("linux/arm/v7")]
    [InlineData("linux/arm/v6")]
    [InlineData("linux/amd64")]
    public async Task Of_several_it_is_the_one_of_the_variant(string platform)
    {
        var images = new[] { "linux/arm/v6", "linux/arm/v7", "linux/amd64" }.Select(p => Image(p, new byte[1024])).ToArray();
        var read = await ReadAsync(platform, ImageForm.Default, images);
        Assert.Equal(images.Single(i => i.Platform.ToString() == platform).Blobs.Select(b => b.Descriptor.Digest), read.Blobs.Select(b => b.Descriptor.Digest));
    }

    [Theory]
    [InlineData(Compressor.Gzip)]
    [InlineData(Compressor.Zstd)]
    public async Task A_layer_is_what_the_config_says(Compressor compressor)
    {
        var lie = Image("linux/amd64", new byte[1024], Blob.FromBytes(MediaTypes.OciLayer, new byte[] { 1 }).Descriptor.Digest);
        Assert.Equal("VIA2169", (await Assert.ThrowsAsync<ViaductException>(() => ReadAsync("linux/amd64", new ImageForm(compressor), lie))).Code);
    }

    [Theory]
    [InlineData(ManifestKind.Oci, MediaTypes.OciManifest, MediaTypes.OciConfig, MediaTypes.OciLayerGzip)]
    [InlineData(ManifestKind.Docker, MediaTypes.DockerManifest, MediaTypes.DockerConfig, MediaTypes.DockerLayerGzip)]
    public async Task The_key_is_in_the_manifest_and_the_config_keeps_its_bytes(ManifestKind kind, string manifest, string config, string layer)
    {
        var image = Image("linux/amd64", new byte[1024]);
        var read = await ReadAsync("linux/amd64", new ImageForm(Kind: kind), image);
        Assert.Equal((manifest, config, layer), (read.Manifest.MediaType, read.Blobs[0].Descriptor.MediaType, read.Blobs[1].Descriptor.MediaType));
        Assert.Equal(image.Blobs[0].Descriptor.Digest, read.Blobs[0].Descriptor.Digest);
        Assert.Equal(Image("linux/amd64", []).Manifest.Digest, InputKey.Of(read.Manifest));
    }

    public ValueTask DisposeAsync() => _spool.DisposeAsync();
}
