using Viaduct.Oci.Layers;
using ZstdSharp;

namespace Viaduct.Oci.Tests.Layers;

public sealed class LayerZstdTests
{
    private static readonly byte[] SkippableFrame = [0x5a, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];

    private static readonly (TarEntry, byte[])[] Two = [(TestArchive.File("a", 5), "hello"u8.ToArray()), (TestArchive.File("b"), [])];

    [Theory]
    [InlineData(MediaTypes.OciLayerZstd, true)]
    [InlineData(MediaTypes.OciLayerGzip, true)]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar.zstd", true)]
    [InlineData(MediaTypes.OciLayerZstd, false)]
    public async Task The_first_bytes_decide_what_a_layer_is(string mediaType, bool zstd)
    {
        var tar = await TestArchive.WriteAsync(Two);
        Assert.Equal(["a", "b"], await PathsAsync(Blob.FromBytes(mediaType, zstd ? Pack(tar) : TestArchive.Gzip(tar))));
    }

    [Fact]
    public async Task A_layer_in_several_frames_is_read_whole()
    {
        var tar = await TestArchive.WriteAsync(Two);
        Assert.Equal(["a", "b"], await PathsAsync(Layer([.. Pack(tar[..700]), .. Pack(tar[700..])])));
    }

    [Fact]
    public async Task Skippable_frames_before_between_and_behind_are_skipped()
    {
        var tar = await TestArchive.WriteAsync(Two);
        Assert.Equal(["a", "b"], await PathsAsync(Layer([.. SkippableFrame, .. Pack(tar[..700]), .. SkippableFrame, .. Pack(tar[700..]), .. SkippableFrame])));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(20)]
    [InlineData(-1)]
    [InlineData(-9)]
    public async Task A_frame_that_is_cut_off_is_refused(int at)
    {
        var bytes = Pack(await TestArchive.WriteAsync(Two));
        Assert.Equal("VIA1020", await CodeAsync(Layer(bytes[..(at < 0 ? bytes.Length + at : at)])));
    }

    [Fact]
    public async Task A_wrong_checksum_is_refused()
    {
        var bytes = Pack(await TestArchive.WriteAsync(Two));
        bytes[^2] ^= 1;
        Assert.Equal("VIA1020", await CodeAsync(Layer(bytes)));
    }

    [Fact]
    public async Task A_window_larger_than_zstd_takes_unasked_is_too_much()
    {
        // A frame header (zstd_compression_format.md, Frame_Header): no single segment, window descriptor 2^(10+18).
        byte[] frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 18 << 3, 0x01, 0, 0];
        Assert.Equal("VIA1021", await CodeAsync(Layer(frame)));
    }

    [Fact]
    public async Task A_frame_of_the_highest_level_is_read()
    {
        var content = new byte[9 << 20];
        new Random(1).NextBytes(content);
        var tar = await TestArchive.WriteAsync([(TestArchive.File("a", content.Length), content)]);
        Assert.Equal(["a"], await PathsAsync(Layer(Pack(tar, 22))));
    }

    public static TheoryData<string, LayerLimits, bool> Limits => new()
    {
        { "enough of all", new LayerLimits { MaxBytes = 4 << 20, MaxRatio = 100_000, RatioGrace = 0 }, true },
        { "too many bytes", new LayerLimits { MaxBytes = 1 << 20 }, false },
        { "too good a compression", new LayerLimits { MaxRatio = 100, RatioGrace = 1 << 20 }, false },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task A_bomb_is_refused_before_it_goes_off(string what, LayerLimits limits, bool isRead)
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("zeros", 3 << 20), new byte[3 << 20])]);
        var error = await Record.ExceptionAsync(() => PathsAsync(Layer(Pack(tar)), limits));
        Assert.True(isRead ? error is null : error is ViaductException { Code: "VIA1021" }, $"{what}: {error}");
    }

    [Fact]
    public async Task Packed_bytes_that_give_nothing_have_a_limit_too()
    {
        var bytes = Enumerable.Repeat(SkippableFrame, 1000).SelectMany(f => f).Concat(Pack([])).ToArray();
        Assert.Equal("VIA1021", await CodeAsync(Layer(bytes), new LayerLimits { MaxBytes = 5000 }));
        Assert.Empty(await PathsAsync(Layer(bytes)));
    }

    private static Blob Layer(byte[] bytes) => Blob.FromBytes(MediaTypes.OciLayerZstd, bytes);

    private static byte[] Pack(byte[] bytes, int level = 3)
    {
        using var compressor = new ZstdSharp.Compressor(level);
        compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor.Wrap(bytes).ToArray();
    }

    private static async Task<string> CodeAsync(Blob layer, LayerLimits? limits = null) =>
        (await Assert.ThrowsAsync<ViaductException>(() => PathsAsync(layer, limits))).Code;

    private static async Task<List<string>> PathsAsync(Blob layer, LayerLimits? limits = null)
    {
        var paths = new List<string>();
        await foreach (var (entry, _) in LayerReader.ReadAsync(layer, limits ?? LayerLimits.Default, default)) paths.Add(entry.Path);
        return paths;
    }
}
