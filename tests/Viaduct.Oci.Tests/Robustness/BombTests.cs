using Viaduct.Oci.Layers;
using Viaduct.Oci.Layouts;
using Viaduct.Oci.Tests.Layers;
using Viaduct.Oci.Tests.Layouts;

namespace Viaduct.Oci.Tests.Robustness;

/// <summary>Layers that are larger than they look.</summary>
public sealed class BombTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, LayerLimits> Caps()
    {
        var caps = new TheoryData<string, string, LayerLimits>();
        foreach (var packing in (string[])["none", "gzip", "zstd"])
        {
            caps.Add(packing, "bytes in all", new LayerLimits { MaxBytes = 1 << 20 });
            caps.Add(packing, "entries", new LayerLimits { MaxEntries = 2 });
            if (packing != "none") caps.Add(packing, "ratio", new LayerLimits { MaxRatio = 20, RatioGrace = 1 << 20 });
        }
        return caps;
    }

    [Theory]
    [MemberData(nameof(Caps))]
    public async Task Gzip_or_zstd_bomb(string packing, string what, LayerLimits limits)
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("zeros", 4 << 20), new byte[4 << 20]), (TestArchive.File("b"), []), (TestArchive.File("c"), [])]);
        var layer = packing switch
        {
            "gzip" => Blob.FromBytes(MediaTypes.OciLayerGzip, Images.Gzip(tar)),
            "zstd" => Blob.FromBytes(MediaTypes.OciLayerZstd, new ZstdSharp.Compressor().Wrap(tar).ToArray()),
            _ => Blob.FromBytes(MediaTypes.OciLayer, tar),
        };
        Assert.Equal(3, await CountAsync(layer, LayerLimits.Default));
        var error = await Assert.ThrowsAsync<ViaductException>(() => CountAsync(layer, limits));
        Assert.True(error.Code == "VIA1021", $"{what}: {error.Code}");
    }

    /// <summary>The size of an entry is a claim: it makes no buffer.</summary>
    [Fact]
    public async Task Entry_that_says_it_is_huge()
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("a", 4), "tiny"u8.ToArray())]);
        "77777777777\0"u8.CopyTo(tar.AsSpan(124));
        TarField.PutChecksum(tar.AsSpan(0, 512));
        Assert.Equal("VIA1020", (await Assert.ThrowsAsync<ViaductException>(() => CountAsync(Blob.FromBytes(MediaTypes.OciLayer, tar), LayerLimits.Default))).Code);
    }

    /// <summary>A layer of a docker archive unpacks to the diff id of its config, or to nothing.</summary>
    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "VIA1012")]
    public async Task Diff_id_of_an_unpacked_layer(bool right, string? code)
    {
        var tar = Images.Tar("a", "1");
        var config = new ImageConfig(new Platform("linux", "arm64")) { DiffIds = [right ? Digest.Sha256(tar) : Digest.Sha256([])] }.ToBytes();
        var archive = Images.Archive(("c.json", config), ("l.tar", Images.Gzip(tar)), ("manifest.json", """[{"Config":"c.json","Layers":["l.tar"]}]"""u8.ToArray()));
        await using var spool = new BlobSpool(_folder["spool"]);
        var error = await Record.ExceptionAsync(() => ImageArchive.OpenAsync(new MemoryStream(archive), spool, new ImageArchiveLimits(), default));
        Assert.Equal(code, (error as ViaductException)?.Code);
    }

    /// <summary>A layout with a config or a manifest that was packed: its bytes are what they are, and no reader grows them.</summary>
    [Fact]
    public async Task Config_and_manifest_are_not_unpacked()
    {
        var layout = await OciLayout.OpenOrCreateAsync(_folder["l"], default);
        var packed = Blob.FromBytes(MediaTypes.OciConfig, TestArchive.Gzip(new ImageConfig(new Platform("linux", "arm64")).ToBytes()));
        await layout.PushBlobAsync(packed, default);
        Assert.Equal("VIA1011", (await Assert.ThrowsAsync<ViaductException>(() => layout.ReadConfigAsync(packed.Descriptor, default))).Code);
        Assert.Equal("VIA1010", (await Assert.ThrowsAsync<ViaductException>(() => layout.FindManifestAsync(packed.Descriptor.Digest.ToString(), default))).Code);
    }

    private static async Task<int> CountAsync(Blob layer, LayerLimits limits)
    {
        var count = 0;
        await foreach (var (_, content) in LayerReader.ReadAsync(layer, limits, default))
        {
            await content.CopyToAsync(Stream.Null);
            count++;
        }
        return count;
    }
}
