using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Tests.Layers;

public sealed class LayerScanTests
{
    [Fact]
    public async Task Each_file_is_shown_once_and_nothing_else_is()
    {
        var seen = new List<string>();
        var scan = await LayerScan.ReadAsync(await TestArchive.LayerAsync("d/ d/a=1 l->d/a h=>d/a b=22 .wh.c"), LayerLimits.Default, See, default);
        Assert.Equal(["d/a", "b", ".wh.c"], seen);
        Assert.Equal(6, scan.Count);

        ValueTask<Sighting> See(TarEntry file, Stream content, CancellationToken cancellationToken)
        {
            seen.Add(file.Path);
            return default;
        }
    }

    [Fact]
    public async Task What_an_observer_leaves_is_skipped()
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("a", 3000), new byte[3000]), (TestArchive.File("b", 1), [7])]);
        var bytes = new List<int>();
        await LayerScan.ReadAsync(Blob.FromBytes(MediaTypes.OciLayer, tar), LayerLimits.Default, (_, content, _) => { bytes.Add(content.ReadByte()); return default; }, default);
        Assert.Equal([0, 7], bytes);
    }

    [Theory]
    [InlineData(0, 10_000, true)]
    [InlineData(0, 500, false)]
    [InlineData(9000, 10_000, false)]
    public async Task What_it_would_keep_in_memory_has_a_limit(int weight, long limit, bool isRead)
    {
        var layer = await TestArchive.LayerAsync("a=1 b=1 c=1");
        var error = await Record.ExceptionAsync(() => LayerScan.ReadAsync(layer, new LayerLimits { MaxNames = limit }, (_, _, _) => new(new Sighting("x", weight)), default));
        Assert.True(isRead ? error is null : error is ViaductException { Code: "VIA1021" }, $"{error}");
    }

    [Fact]
    public async Task The_layer_is_held_to_its_digest()
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("a", 1), [7])]);
        var layer = new Descriptor(MediaTypes.OciLayer, Digest.Sha256([1]), tar.Length);
        var blob = new Blob(layer, _ => ValueTask.FromResult<Stream>(new VerifyingStream(new MemoryStream(tar), layer)));
        Assert.Equal("VIA1012", (await Assert.ThrowsAsync<ViaductException>(() => LayerScan.ReadAsync(blob, LayerLimits.Default, (_, _, _) => default, default))).Code);
    }
}
