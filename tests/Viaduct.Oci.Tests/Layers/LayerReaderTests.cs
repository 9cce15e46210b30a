using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Tests.Layers;

public sealed class LayerReaderTests
{
    private static readonly (TarEntry, byte[])[] Two = [(TestArchive.File("a", 5), "hello"u8.ToArray()), (TestArchive.File("b"), [])];

    [Theory]
    [InlineData(MediaTypes.OciLayerGzip, true)]
    [InlineData(MediaTypes.OciLayerGzip, false)]
    [InlineData(MediaTypes.OciLayer, true)]
    [InlineData(MediaTypes.OciLayer, false)]
    [InlineData(MediaTypes.DockerLayerGzip, true)]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", true)]
    public async Task The_first_bytes_decide_what_a_layer_is(string mediaType, bool gzip)
    {
        var tar = await TestArchive.WriteAsync(Two);
        Assert.Equal(["a", "b"], await PathsAsync(Blob.FromBytes(mediaType, gzip ? TestArchive.Gzip(tar) : tar)));
    }

    [Fact]
    public async Task A_layer_in_several_gzip_members_is_read_whole()
    {
        var tar = await TestArchive.WriteAsync(Two);
        Assert.Equal(["a", "b"], await PathsAsync(Blob.FromBytes(MediaTypes.OciLayerGzip, (byte[])[.. TestArchive.Gzip(tar[..700]), .. TestArchive.Gzip(tar[700..])])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1f8b080000000000000303000000000000000000")]
    public async Task A_layer_of_nothing_has_no_entries(string bytes) =>
        Assert.Empty(await PathsAsync(Blob.FromBytes(MediaTypes.OciLayerGzip, Convert.FromHexString(bytes))));

    [Theory]
    [InlineData(MediaTypes.OciLayerGzip, "fd377a585a00", "xz")]
    [InlineData(MediaTypes.OciLayerGzip, "425a68393141", "bzip2")]
    [InlineData("application/vnd.oci.image.layer.v1.tar+gzip+encrypted", "1f8b08000000", "encrypted")]
    public async Task What_cannot_be_read_is_refused_by_name(string mediaType, string bytes, string name)
    {
        var error = await Assert.ThrowsAsync<ViaductException>(() => PathsAsync(Blob.FromBytes(mediaType, Convert.FromHexString(bytes))));
        Assert.Equal("VIA1023", error.Code);
        Assert.Contains(name, error.Message);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(-9)]
    [InlineData(-20)]
    public async Task A_compression_that_is_cut_off_is_refused(int at)
    {
        var bytes = TestArchive.Gzip(await TestArchive.WriteAsync(Two));
        var error = await Assert.ThrowsAsync<ViaductException>(() =>
            PathsAsync(Blob.FromBytes(MediaTypes.OciLayerGzip, bytes[..(at < 0 ? bytes.Length + at : at)])));
        Assert.Equal("VIA1020", error.Code);
    }

    [Fact]
    public async Task A_compression_with_a_wrong_checksum_is_refused()
    {
        var bytes = TestArchive.Gzip(await TestArchive.WriteAsync(Two));
        bytes[^6] ^= 1;
        Assert.Equal("VIA1020", (await Assert.ThrowsAsync<ViaductException>(() => PathsAsync(Blob.FromBytes(MediaTypes.OciLayerGzip, bytes)))).Code);
    }

    [Fact]
    public async Task Bytes_that_are_no_archive_are_refused() =>
        Assert.Equal("VIA1020", (await Assert.ThrowsAsync<ViaductException>(() => PathsAsync(Blob.FromBytes(MediaTypes.OciLayer, new byte[600].Select(_ => (byte)1).ToArray())))).Code);

    public static TheoryData<string, LayerLimits, bool> Limits => new()
    {
        { "enough of all", new LayerLimits { MaxBytes = 4 << 20, MaxEntries = 2, MaxRatio = 2000, RatioGrace = 0 }, true },
        { "too many bytes", new LayerLimits { MaxBytes = 1 << 20 }, false },
        { "too many entries", new LayerLimits { MaxEntries = 1 }, false },
        { "too good a compression", new LayerLimits { MaxRatio = 100, RatioGrace = 1 << 20 }, false },
        { "too good a compression, but small", new LayerLimits { MaxRatio = 100, RatioGrace = 4 << 20 }, true },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task A_bomb_is_refused_before_it_goes_off(string what, LayerLimits limits, bool isRead)
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("zeros", 3 << 20), new byte[3 << 20]), (TestArchive.File("b"), [])]);
        var layer = Blob.FromBytes(MediaTypes.OciLayerGzip, TestArchive.Gzip(tar));
        var error = await Record.ExceptionAsync(() => PathsAsync(layer, limits));
        Assert.True(isRead ? error is null : error is ViaductException { Code: "VIA1021" }, $"{what}: {error}");
    }

    [Fact]
    public async Task A_layer_read_to_its_end_is_held_to_its_digest()
    {
        var bytes = TestArchive.Gzip(await TestArchive.WriteAsync(Two));
        var descriptor = new Descriptor(MediaTypes.OciLayerGzip, Digest.Sha256([1]), bytes.Length);
        var layer = new Blob(descriptor, _ => ValueTask.FromResult<Stream>(new VerifyingStream(new MemoryStream(bytes), descriptor)));
        Assert.Equal("VIA1012", (await Assert.ThrowsAsync<ViaductException>(() => PathsAsync(layer))).Code);
    }

    [Fact]
    public async Task A_layer_is_closed_when_the_reader_leaves_early()
    {
        var stream = new MemoryStream(await TestArchive.WriteAsync(Two));
        var layer = new Blob(new Descriptor(MediaTypes.OciLayer, Digest.Sha256([]), stream.Length), _ => ValueTask.FromResult<Stream>(stream));
        await foreach (var (entry, _) in LayerReader.ReadAsync(layer, default))
        {
            Assert.Equal("a", entry.Path);
            break;
        }
        Assert.False(stream.CanRead);
    }

    private static async Task<List<string>> PathsAsync(Blob layer, LayerLimits? limits = null)
    {
        var paths = new List<string>();
        await foreach (var (entry, _) in LayerReader.ReadAsync(layer, limits ?? LayerLimits.Default, default)) paths.Add(entry.Path);
        return paths;
    }
}
