using System.IO.Compression;
using Viaduct.Oci;
using Viaduct.Oci.Layers;
using ZstdSharp;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>Whatever bytes a registry serves under right digests, reading an image ends in findings and takes little memory.</summary>
[Collection(nameof(ImageAlone))]
public sealed class ImageFuzzTests
{
    private const int Rounds = 4000;

    /// <summary>What one reading may allocate in all: images here have a few KiB.</summary>
    private const long MaxAllocated = 16L << 20;

    private static readonly byte[] Dynamic = ElfFile.Make(62, type: BinaryFormat.PositionIndependent, interpreter: "/lib64/ld.so");

    private static readonly (TarEntry, byte[]?)[] Lower =
        [.. Folder("bin"), .. Program("bin/sh", ElfFile.Amd64), .. Folder("usr"), .. Folder("usr/lib"), .. Program("usr/lib/ld.so", ElfFile.Make(62, type: 3)), .. Link("lib64", "usr/lib")];

    private static readonly (TarEntry, byte[]?)[] Upper =
    [
        .. Folder("d"), .. Program("d/app", Dynamic), .. Script("run", "#!/bin/sh -e\n"), .. Link("app", "d/app"), (new TarEntry("hard", TarEntryKind.HardLink) { LinkTarget = "run" }, null),
        (new TarEntry("usr/.wh.gone", TarEntryKind.File), []), .. Program("long/" + new string('x', 200), ElfFile.Arm64), .. Link("loop", "loop"),
    ];

    private static readonly string[] Words = ["/run", "/app", "sh", "/hard", "/loop", "/d/../run", "long", "/lib64/ld.so"];

    public enum Spoiled
    {
        Plain,
        Headers,
        Gzip,
        InsideGzip,
        Zstd,
        InsideZstd,
        Config,
        Manifest,
        Program,
    }

    [Theory]
    [InlineData(Spoiled.Plain)]
    [InlineData(Spoiled.Headers)]
    [InlineData(Spoiled.Gzip)]
    [InlineData(Spoiled.InsideGzip)]
    [InlineData(Spoiled.Zstd)]
    [InlineData(Spoiled.InsideZstd)]
    [InlineData(Spoiled.Config)]
    [InlineData(Spoiled.Manifest)]
    [InlineData(Spoiled.Program)]
    public async Task Any_bytes_end_in_findings(Spoiled what)
    {
        var (lower, upper) = (await TarAsync(Lower), await TarAsync(Upper));
        var verdicts = new HashSet<Verdict>();
        for (var round = 0; round < Rounds; round++)
        {
            var mutator = new ImageMutator(((int)what * Rounds) + round);
            var content = new MemoryContent();
            var manifest = Make(content, what, mutator, lower, upper);
            var (before, options) = (GC.GetTotalAllocatedBytes(), new PullOptions { Deep = round % 3 == 0, Command = [Words[round % Words.Length]] });
            try
            {
                if (manifest is null) continue;
                var contents = await ImageReading.ReadAsync(content, manifest, options, new LayerShelf(), default);
                var draft = new PullDraft(Node.Of(new Platform("linux", "amd64")));
                draft.Selected = manifest.Descriptor;
                draft.AddContents(contents);
                verdicts.Add(draft.Finish().Verdict);
            }
            catch (Exception e)
            {
                Assert.Fail($"{what}, round {round}: {e}");
            }
            Assert.True(GC.GetTotalAllocatedBytes() - before < MaxAllocated, $"{what}, round {round} takes too much memory");
        }
        // A fuzzer whose every image is refused at the door, or none, tests nothing.
        Assert.Contains(Verdict.Failure, verdicts);
        Assert.True(verdicts.Count > 1, $"all are {verdicts.First()}");
    }

    private static RawManifest? Make(MemoryContent content, Spoiled what, ImageMutator mutator, byte[] lower, byte[] upper)
    {
        var spoilLower = mutator.Next(3) == 0;
        byte[] Layer(byte[] tar, bool spoil) => !spoil ? tar : what switch
        {
            Spoiled.Plain => mutator.Bytes(tar),
            Spoiled.Headers => mutator.Tar(tar),
            Spoiled.Gzip => mutator.Bytes(Gzip(tar)),
            Spoiled.InsideGzip => Gzip(mutator.Bytes(tar)),
            Spoiled.Zstd => mutator.Bytes(Zstd(tar)),
            Spoiled.InsideZstd => Zstd(mutator.Tar(tar)),
            Spoiled.Program => Spoil(tar, mutator),
            _ => tar,
        };
        var layers = new[] { content.Add(MediaTypes.OciLayer, Layer(lower, spoilLower)), content.Add(MediaTypes.OciLayer, Layer(upper, !spoilLower)) };
        var image = content.Image("linux/amd64", new ContainerConfig { Env = ["PATH=/bin:/long"], WorkingDir = "/d" }, layers);
        if (what == Spoiled.Config)
        {
            var config = content.Add(MediaTypes.OciConfig, mutator.Bytes(content.Bytes(image.AsImage().Config.Digest)));
            return new ImageManifest(config, layers).ToManifest();
        }
        return what == Spoiled.Manifest ? Parse(mutator.Bytes(image.Bytes.ToArray())) : image;
    }

    /// <summary>What is no manifest at all never comes to be read as an image.</summary>
    private static RawManifest? Parse(byte[] bytes)
    {
        try
        {
            return RawManifest.Parse(bytes, MediaTypes.OciManifest);
        }
        catch (ViaductException)
        {
            return null;
        }
    }

    /// <summary>Only the heads of programs: the archive stays whole.</summary>
    private static byte[] Spoil(byte[] tar, ImageMutator mutator)
    {
        var spoiled = (byte[])tar.Clone();
        for (var at = 0; at + 4 <= spoiled.Length; at += 512)
        {
            if (!spoiled.AsSpan(at).StartsWith("\u007fELF"u8) && !spoiled.AsSpan(at).StartsWith("#!"u8)) continue;
            for (var i = mutator.Next(4); i > 0; i--) spoiled[at + mutator.Next(130)] = (byte)mutator.Next(256);
        }
        return spoiled;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }

    private static byte[] Zstd(byte[] bytes)
    {
        using var compressor = new ZstdSharp.Compressor(1);
        return compressor.Wrap(bytes).ToArray();
    }
}
