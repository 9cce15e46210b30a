using System.IO.Compression;
using System.Text;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build.Tests;

/// <summary>The expected trees are what BuildKit 0.25 makes of the same archives, without the hard links that it keeps; it refuses a member behind <c>up</c>.</summary>
public sealed class Adding : IAsyncDisposable
{
    private const string Unpacked = "777 5:6 x/abs -> /etc/x|640 5:6 x/hard = m|777 5:6 x/l -> sub/m|711 5:6 x/sub/|640 5:6 x/sub/m = m";

    private readonly Workspace _workspace = new Workspace().File("top.txt", "t");

    public Adding()
    {
        var tar = Tars.Of(new(new TarEntry("", TarEntryKind.Directory) { Mode = 448 }), Tars.Folder("sub", 457), Tars.File("sub/m", "m", 416), Tars.Link("l", "sub/m"),
            new(new TarEntry("hard", TarEntryKind.HardLink) { LinkTarget = "sub/m" }), Tars.Link("abs", "/etc/x"));
        Write("x.tar", tar);
        Write("folder/inside.tar", tar);
        Write("noname", Tars.Gzip(tar));
        Write("x.tar.zst", Tars.Zstd(tar));
        Write("text.gz", Tars.Gzip("hello"u8.ToArray()));
        // tar --format=ustar of one file, by xz 5.4 -9e and bzip2 1.0 -9.
        Write("a.tar.xz", Convert.FromBase64String("/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4Cf/AFxdADSbfBugolE3r7bafVLmLrb0n4NQxlnL3LerpZAza9KqGmip1AGG3pz0X3s3fWyHrp9+x16nfzhZU174G3HzGolRFQJgD9AVeaXjLryI9fq0VsEJcZUEE41DRXKgAECa8v9BMORAAAF4gFAAAABB5M9escRn+wIAAAAABFla"));
        Write("a.tar.bz2", Convert.FromBase64String("QlpoOTFBWSZTWdEEwBoAAHZbkNmAQABfhAABYCEeAAQAAAggAFRGkRiNMZIemgkVPUxBpoAH1OXKEIIvEhFX1OJ2rnKghDEx1tclDEFgFMRxXtEU5zMN47Ezu9AARbF3JFOFCQ0QTAGg"));
        _workspace.Link("to-tar", "x.tar");
    }

    [Theory]
    [InlineData("ADD x.tar /x", "755 0:0 x/|" + Unpacked)]
    [InlineData("ADD noname /x/", "755 0:0 x/|" + Unpacked)]
    [InlineData("ADD x.tar.zst /x", "755 0:0 x/|" + Unpacked)]
    [InlineData("ADD to-tar /x", "755 0:0 x/|" + Unpacked)]
    [InlineData("ADD x.ta? /x", "755 0:0 x/|" + Unpacked)]
    [InlineData("ADD --chown=9:10 x.tar /x", "755 9:10 x/|777 9:10 x/abs -> /etc/x|640 9:10 x/hard = m|777 9:10 x/l -> sub/m|711 9:10 x/sub/|640 9:10 x/sub/m = m")]
    [InlineData("ADD --chmod=700 x.tar /x", "755 0:0 x/|" + Unpacked)]
    [InlineData("ADD --exclude=sub x.tar /x", "755 0:0 x/|" + Unpacked)]
    [InlineData("ADD x.tar top.txt /x/", "755 0:0 x/|777 5:6 x/abs -> /etc/x|640 5:6 x/hard = m|777 5:6 x/l -> sub/m|711 5:6 x/sub/|640 5:6 x/sub/m = m|644 0:0 x/top.txt = t")]
    [InlineData("ADD top.txt /x", "644 0:0 x = t")]
    [InlineData("ADD --chown=9 --chmod=600 top.txt /x", "600 9:9 x = t")]
    public async Task What_is_an_archive_is_unpacked(string instruction, string files) =>
        Assert.Equal(files, (await _workspace.FilesAsync("FROM scratch\n" + instruction)).Replace('\n', '|'));

    [Theory]
    [InlineData("ADD text.gz /x", "x")]
    [InlineData("ADD --unpack=false x.tar /x", "x")]
    [InlineData("ADD --unpack=false a.tar.xz /x", "x")]
    [InlineData("COPY x.tar /x", "x")]
    [InlineData("ADD folder /x", "x/|x/inside.tar")]
    public async Task What_is_no_archive_or_is_not_to_be_unpacked_stays_as_it_is(string instruction, string paths) =>
        Assert.Equal(paths, string.Join('|', (await Workspace.LayersAsync(await _workspace.BuildAsync("FROM scratch\n" + instruction)))[0].Select(l => l.Split(' ')[2])));

    [Theory]
    [InlineData("a.tar.xz")]
    [InlineData("a.tar.bz2")]
    public async Task Archives_in_xz_and_bzip2_are_unpacked(string archive)
    {
        Assert.Equal("755 0:0 x/|640 5:6 x/in = in", (await _workspace.FilesAsync($"FROM scratch\nADD {archive} /x")).Replace('\n', '|'));
    }

    [Theory]
    [InlineData("a.tar.xz", 20, false)]
    [InlineData("long.tar.bz2", 140, false)]
    [InlineData("long.tar.bz2", 140, true)]
    [InlineData("long.tar.bz2", 1, false)]
    public async Task What_is_damaged_behind_its_beginning_is_refused(string archive, int fromEnd, bool cut)
    {
        // 200,000 bytes in a file, by bzip2 1.0 -1: three blocks, of which the first one is whole. Of xz it is the index that is damaged, behind the only block.
        Write("long.tar.bz2", Convert.FromBase64String("QlpoMTFBWSZTWQy4oBkAq9lbgPCQQAB/4AABfyEfAAgAMAEYAYwAEwABMMYACYAAmCaqgjU00eoeiDCNOmljOPXXPXDhhvYV3oUGPWhQeufDCZ6Yy55Lx7UKDPjghQbfCFBlshQY45IUG2PFCgx2088PShQb6FByoUHOhQbr5oUHehQcvyhQdKFB/UKDtQoMqFB3oUH7QoPFCg14btNKFB48qFB47UKDX/MUFZJlNZrxt50gBGS9mAABBAAH/gPyAHADAA+AKNGQNGmRoUaMgaNMjQTVVGTQGg2iYBQbAoOYKDMFB0BQaAoOoKDsCg7goPnmqkHqqkGtVIPdVIMAoPtVINAUG4KDYFBkCgwCg3BQcAoMwUGQKDgFB/MUFZJlNZp/VLfAAAQ9mEwBBAAH/gPyAHAAAEAAggAFQiqGgDQDTagVSmg0AaAHwSlEEdw6hWXEy8wMTIzNDU2FE6DsIqlEknyVSEklyQlUD8XckU4UJDLITi9A"));
        Assert.Equal("755 0:0 x/", (await _workspace.FilesAsync($"FROM scratch\nADD {archive} /x")).Split('\n')[0]);
        var bytes = await System.IO.File.ReadAllBytesAsync(Path.Combine(_workspace.Root, archive));
        if (!cut) bytes[^fromEnd] ^= 0xff;
        Write("damaged", cut ? bytes[..^fromEnd] : bytes);
        var error = await _workspace.FailureAsync("FROM scratch\nADD damaged /x");
        Assert.Equal("VIA2150", error.Code);
        Assert.Contains("--unpack=false", error.Todo);
    }

    [Fact]
    public async Task A_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file_or_link()
    {
        _workspace.File("o/dir/in", "1").File("o/file", "1").Link("o/link", "dir");
        Write("over.tar", Tars.Of(Tars.File("dir", "new"), Tars.Folder("file"), Tars.File("file/y", "y"), Tars.Folder("link"), Tars.File("link/z", "z")));
        var image = await _workspace.BuildAsync("FROM scratch\nCOPY o /o\nADD over.tar /o");
        Assert.Equal(["644 5:6 o/dir = new", "755 5:6 o/file/", "644 5:6 o/file/y = y", "755 5:6 o/link/", "644 5:6 o/link/z = z"], (await Workspace.LayersAsync(image))[1]);
        _workspace.Bases.Add("base", image);
        Assert.Equal("644 5:6 dir = new|755 5:6 file/|644 5:6 file/y = y|755 5:6 link/|644 5:6 link/z = z", (await _workspace.FilesAsync("FROM base AS b\nFROM scratch\nCOPY --from=b /o /")).Replace('\n', '|'));
    }

    [Fact]
    public async Task Links_never_lead_out_of_the_destination()
    {
        Write("evil.tar", Tars.Of(Tars.Link("ev", "/etc"), Tars.File("ev/bad", "1"), Tars.Link("up", "../../.."), Tars.File("up/worse", "2")));
        Assert.Equal("755 0:0 y/|755 0:0 y/etc/|644 5:6 y/etc/bad = 1|777 5:6 y/ev -> /etc|777 5:6 y/up -> ../../..|644 5:6 y/worse = 2", (await _workspace.FilesAsync("FROM scratch\nADD evil.tar /y")).Replace('\n', '|'));
    }

    [Fact]
    public async Task Extended_attributes_and_pipes_are_kept()
    {
        var ping = Tars.File("ping", "p");
        var capability = new Dictionary<string, ReadOnlyMemory<byte>> { ["security.capability"] = new byte[] { 1, 0, 2 } };
        Write("attr.tar", Tars.Of(ping with { Entry = ping.Entry with { ExtendedAttributes = capability } }, new(new TarEntry("pipe", TarEntryKind.Fifo))));
        var image = await _workspace.BuildAsync("FROM scratch\nADD attr.tar /");
        var entries = new List<TarEntry>();
        await foreach (var (entry, _) in LayerReader.ReadAsync(image.Blobs[1], CancellationToken.None)) entries.Add(entry);
        Assert.Equal([1, 0, 2], entries[0].ExtendedAttributes["security.capability"].ToArray());
        Assert.Equal(TarEntryKind.Fifo, entries[1].Kind);
    }

    [Fact]
    public async Task Names_that_leave_the_archive_are_refused_wherever_they_stand()
    {
        var tar = Tars.Of(Tars.File("good", "1"), Tars.File("aa/bb/evil", "2"));
        // The same length, so that only the header's checksum has to follow: each '.' is 0x2e.
        var at = tar.AsSpan().IndexOf("aa/bb/evil"u8);
        "../../evil"u8.CopyTo(tar.AsSpan(at));
        Tars.Checksum(tar.AsSpan(at, 512));
        Write("dots.tar", tar);
        Write("first.tar", tar[1024..]);
        foreach (var name in (string[])["dots.tar", "first.tar"])
        {
            var error = await _workspace.FailureAsync($"FROM scratch\nADD {name} /x");
            Assert.Equal("VIA2150", error.Code);
            Assert.Contains("..", error.Message);
        }
    }

    [Fact]
    public async Task Archives_that_no_layer_can_say_are_refused()
    {
        Write("dangling.tar", Tars.Of(new Tars.Member(new TarEntry("h", TarEntryKind.HardLink) { LinkTarget = "nothing" })));
        Write("twice.tar", Tars.Of(Tars.File("dir", "f"), Tars.Folder("dir")));
        Write("whiteout.tar", Tars.Of(Tars.File(".wh.dir", "")));
        Write("under.tar", Tars.Of(Tars.File("f", ""), Tars.File("f/g", "")));
        _workspace.File("o/dir/in");
        Assert.Equal("VIA2150", (await _workspace.FailureAsync("FROM scratch\nADD dangling.tar /o")).Code);
        Assert.Equal("VIA2150", (await _workspace.FailureAsync("FROM scratch\nCOPY o /o\nADD twice.tar /o")).Code);
        Assert.Equal("VIA2147", (await _workspace.FailureAsync("FROM scratch\nCOPY o /o\nADD whiteout.tar /o")).Code);
        Assert.Equal("VIA2141", (await _workspace.FailureAsync("FROM scratch\nADD under.tar /o")).Code);
    }

    [Fact]
    public async Task A_damaged_archive_is_refused_and_not_copied()
    {
        var tar = Tars.Of(Tars.File("a", new string('x', 5000)), Tars.File("b", "b"));
        Write("cut.tar", tar[..3000]);
        Assert.Equal("VIA2150", (await _workspace.FailureAsync("FROM scratch\nADD cut.tar /o")).Code);
    }

    [Theory]
    [InlineData(1 << 20, 250, 10, "more than 1048576 bytes unpacked")]
    [InlineData(64 << 20, 20, 10, "more than 20 times its packed size")]
    [InlineData(64 << 20, 5000, 1, "more than 1 entries")]
    public async Task A_bomb_is_refused_within_limits(long bytes, int ratio, int entries, string why)
    {
        Write("bomb", Tars.Gzip(Tars.Of(Tars.File("a", new string('\0', 4 << 20)), Tars.File("b", ""))));
        var path = Path.Combine(_workspace.Root, "bomb");
        await using var spool = new BlobSpool(Path.Combine(_workspace.Root, "spool"));
        var reader = new ArchiveReader(spool, new LayerLimits { MaxBytes = bytes, MaxRatio = ratio, MaxEntries = entries, RatioGrace = 1 << 20 });
        var error = await Assert.ThrowsAsync<ViaductException>(() => reader.ReadAsync(new ContextFile(path, FileStatus.Of(path)!.Value), FileStatus.Of(path)!.Value.Size, w => new ViaductException("VIA2150", w), CancellationToken.None));
        Assert.StartsWith("it is larger than what is read: " + why, error.Message);
    }

    [Theory]
    [InlineData("ADD missing /x", "VIA2121")]
    [InlineData("ADD ../x /x", "VIA2122")]
    [InlineData("ADD --from=x a /x", "VIA2109")]
    [InlineData("ADD x.tar top.txt /x", "VIA2143")]
    [InlineData("ADD top.txt /f\nADD x.tar /f", "VIA2141")]
    public async Task What_COPY_refuses_ADD_refuses(string instruction, string code) =>
        Assert.Equal(code, (await _workspace.FailureAsync("FROM scratch\n" + instruction)).Code);

    [Fact]
    public async Task The_same_archive_makes_the_same_image()
    {
        const string dockerfile = "FROM scratch\nADD noname /x";
        var first = await _workspace.BuildAsync(dockerfile);
        System.IO.File.SetLastWriteTimeUtc(Path.Combine(_workspace.Root, "noname"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(first.Manifest.Digest, (await _workspace.BuildAsync(dockerfile)).Manifest.Digest);
        var key = await _workspace.KeyAsync(dockerfile);
        Write("noname", Tars.Gzip(Tars.Of(Tars.File("other", ""))));
        Assert.NotEqual(key, await _workspace.KeyAsync(dockerfile));
    }

    private void Write(string name, byte[] bytes)
    {
        _workspace.File(name);
        System.IO.File.WriteAllBytes(Path.Combine(_workspace.Root, name), bytes);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
