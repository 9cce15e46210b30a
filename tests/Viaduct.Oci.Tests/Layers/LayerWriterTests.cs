using System.IO.Compression;
using Viaduct.Oci.Compression;
using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Tests.Layers;

/// <summary>
/// The digests here are an interface: if one of them changes, every layer that was ever built changes its name with it. The archive's is then a mistake;
/// the layer's is one unless the compressor got a new name.
/// </summary>
public sealed class LayerWriterTests
{
    private const string GoldenDiffId = "sha256:87a168d7228b65efe273a5b7d2ec8605de83e94ec0691451f3185d2daabcc4aa";
    private const string GoldenDigest = "sha256:00dbe7d25f08dcf4de5315148cb2718116631a26ca1faa81c05c4994dc45b734";

    [Fact]
    public async Task A_layer_says_what_it_is()
    {
        var (layer, bytes) = await GoldenAsync(threads: 1);
        Assert.Equal(MediaTypes.OciLayerGzip, layer.Descriptor.MediaType);
        Assert.Equal(bytes.Length, layer.Descriptor.Size);
        Assert.Equal(Digest.Sha256(bytes), layer.Descriptor.Digest);
        using var plain = new MemoryStream();
        await new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress).CopyToAsync(plain);
        Assert.Equal(Digest.Sha256(plain.ToArray()), layer.DiffId);
    }

    [Fact]
    public async Task The_archive_of_given_entries_never_changes()
    {
        var (layer, _) = await GoldenAsync(threads: 1);
        Assert.Equal(GoldenDiffId, layer.DiffId.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public async Task The_layer_of_given_entries_never_changes_whatever_the_number_of_threads(int threads)
    {
        var (layer, _) = await GoldenAsync(threads);
        Assert.Equal("viaduct-deflate-1", PinnedGzip.Identity);
        Assert.Equal(GoldenDiffId, layer.DiffId.ToString());
        Assert.Equal(GoldenDigest, layer.Descriptor.Digest.ToString());
    }

    [Fact]
    public async Task With_zstd_it_never_changes_either()
    {
        var (layer, bytes) = await GoldenAsync(threads: 1, Compressor.Zstd);
        Assert.Equal("zstdsharp-0.8.8-level-3", PinnedZstd.Identity);
        Assert.Equal((MediaTypes.OciLayerZstd, Digest.Sha256(bytes), bytes.Length), (layer.Descriptor.MediaType, layer.Descriptor.Digest, layer.Descriptor.Size));
        Assert.Equal(GoldenDiffId, layer.DiffId.ToString());
        Assert.StartsWith("60feb9d24a3839375515b5c062c73a4b51cffdee241", layer.Descriptor.Digest.Hex);
    }

    [Fact]
    public async Task What_is_written_can_be_loaded()
    {
        var (layer, bytes) = await GoldenAsync(threads: 2);
        var files = await RootFileSystem.LoadAsync([new Blob(layer.Descriptor, _ => ValueTask.FromResult<Stream>(new MemoryStream(bytes)))], default);
        Assert.Equal("bin/tool", files.Resolve("usr/tool")!.Path);
    }

    [Fact]
    public async Task The_output_stays_open()
    {
        using var output = new MemoryStream();
        await using (var writer = new LayerWriter(output, 1)) await writer.CompleteAsync(default);
        Assert.True(output.CanWrite);
    }

    /// <summary>One entry of every kind, and everything that makes a header differ.</summary>
    internal static async Task<(Layer Layer, byte[] Bytes)> GoldenAsync(int threads, Compressor compressor = Compressor.Gzip)
    {
        using var output = new MemoryStream();
        await using var writer = new LayerWriter(output, threads, compressor);
        var text = new byte[1_500_000];
        for (var i = 0; i < text.Length; i++) text[i] = (byte)"viaduct carries many arches\n"[(int)((long)i * (1 + i / 1000) % 28)];
        var attributes = new Dictionary<string, ReadOnlyMemory<byte>> { ["user.b"] = "2"u8.ToArray(), ["security.capability"] = new byte[] { 1, 0, 0, 2, 255 } };
        var deep = string.Join('/', Enumerable.Repeat("directory", 12));
        (TarEntry, byte[])[] entries =
        [
            (TestArchive.Directory(""), []),
            (TestArchive.Directory("bin"), []),
            (TestArchive.File("bin/tool", 5) with { Mode = 0b111_101_101, ExtendedAttributes = attributes }, "#!/x\n"u8.ToArray()),
            (TestArchive.Directory("dev") with { Mode = 0b001_111_111_111 }, []),
            (new TarEntry("dev/null", TarEntryKind.CharacterDevice) { DeviceMajor = 1, DeviceMinor = 3 }, []),
            (new TarEntry("dev/pipe", TarEntryKind.Fifo), []),
            (new TarEntry("dev/sda", TarEntryKind.BlockDevice) { DeviceMajor = 8 }, []),
            (TestArchive.Directory(deep), []),
            (TestArchive.File(deep + "/text", text.Length) with { Uid = 65532, Gid = 4_000_000_000, ModificationTime = 1_700_000_000 }, text),
            (TestArchive.File(deep + "/with-attributes") with { ExtendedAttributes = attributes, ModificationTime = -1 }, []),
            (TestArchive.Link("usr", "bin"), []),
            (TestArchive.Link("verweis", deep + "/text"), []),
            (TestArchive.File("überall-日本-😀"), []),
            (TestArchive.HardLink("zz", deep + "/text"), []),
        ];
        foreach (var (entry, content) in entries) await writer.AddAsync(entry, new MemoryStream(content), default);
        return (await writer.CompleteAsync(default), output.ToArray());
    }
}
