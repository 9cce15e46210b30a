using System.IO.Compression;
using Viaduct.Oci;
using Viaduct.Oci.Layers;
using ZstdSharp;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>Small layers that unpack to more than anybody has: the answer stays open, and the memory small.</summary>
[Collection(nameof(ImageAlone))]
public sealed class ImageBombTests
{
    private const int Part = 64 << 20;
    private const int Parts = 64;
    private const long MaxAllocated = 64L << 20;

    private static readonly byte[] Zeros = new byte[Part];

    private readonly MemoryContent _content = new();

    [Theory]
    [InlineData(MediaTypes.OciLayerGzip)]
    [InlineData(MediaTypes.OciLayerZstd)]
    public async Task A_bomb_leaves_the_answer_open_and_the_memory_alone(string mediaType)
    {
        // A program of four GiB: the header says so, and the rest is as many frames of zeros as it takes.
        var header = (await TarAsync(Program("app", ElfFile.Amd64))).AsSpan(0, 512).ToArray();
        SetSize(header, (long)Parts * Part);
        var part = Pack(mediaType, Zeros);
        var bomb = _content.Add(mediaType, [.. Pack(mediaType, header), .. Enumerable.Repeat(part, Parts).SelectMany(p => p)]);
        Assert.True(bomb.Size < 8 << 20, $"{bomb.Size} bytes are no small layer");

        var before = GC.GetTotalAllocatedBytes();
        var pull = await PullAsync(bomb);
        Assert.Equal((Verdict.Unknown, "VF401"), (pull.Verdict, Assert.Single(pull.Findings).Kind.Code));
        Assert.Contains("times its packed size", pull.Findings[0].Text);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MaxAllocated);
    }

    [Fact]
    public async Task More_layers_than_anything_mounts_leave_the_answer_open()
    {
        var layer = _content.Add(MediaTypes.OciLayer, await TarAsync(Folder("x")));
        var pull = await PullAsync([.. Enumerable.Repeat(layer, 1001)]);
        Assert.Equal((Verdict.Unknown, "VF401"), (pull.Verdict, Assert.Single(pull.Findings).Kind.Code));
    }

    [Fact]
    public async Task As_many_layers_as_can_be_mounted_are_read_once_each()
    {
        var layers = new List<Descriptor>();
        for (var i = 0; i < 400; i++) layers.Add(_content.Add(MediaTypes.OciLayer, await TarAsync(Folder($"x{i}"))));
        Assert.Equal(Verdict.Failure, (await PullAsync([.. layers])).Verdict);
        Assert.Equal(401, _content.Opened.Count);
    }

    private Task<SimulatedPull> PullAsync(params Descriptor[] layers) =>
        new PullSimulator().PullAsync(_content, _content.Image("linux/amd64", new ContainerConfig { Entrypoint = ["/app"] }, layers), Node.Of(new Platform("linux", "amd64")), default);

    private static byte[] Pack(string mediaType, byte[] bytes)
    {
        if (mediaType == MediaTypes.OciLayerZstd)
        {
            using var compressor = new ZstdSharp.Compressor();
            return compressor.Wrap(bytes).ToArray();
        }
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize)) gzip.Write(bytes);
        return output.ToArray();
    }

    private static void SetSize(Span<byte> header, long size)
    {
        Put(header[124..136], Convert.ToString(size, 8).PadLeft(11, '0'));
        header[148..156].Fill((byte)' ');
        var sum = 0;
        foreach (var b in header) sum += b;
        Put(header[148..156], Convert.ToString(sum, 8).PadLeft(6, '0'));
    }

    private static void Put(Span<byte> field, string digits)
    {
        field.Clear();
        System.Text.Encoding.ASCII.GetBytes(digits).CopyTo(field);
    }
}
