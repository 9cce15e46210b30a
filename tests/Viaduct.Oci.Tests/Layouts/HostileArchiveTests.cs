using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Viaduct.Oci.Layouts;

namespace Viaduct.Oci.Tests.Layouts;

public sealed class HostileArchiveTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly BlobSpool _spool;

    public HostileArchiveTests() => _spool = new BlobSpool(_folder["spool"], memoryLimit: 4096);

    public async ValueTask DisposeAsync()
    {
        await _spool.DisposeAsync();
        _folder.Dispose();
    }

    private Task<ImageArchive> Open(byte[] bytes, ImageArchiveLimits? limits = null) =>
        ImageArchive.OpenAsync(new MemoryStream(bytes), _spool, limits ?? new ImageArchiveLimits(), default);

    public static TheoryData<string, string> Hostile() => new()
    {
        { "layer out of the archive", "VIA1031" },
        { "link out of the archive", "VIA1031" },
        { "path out of the archive", "VIA1031" },
        { "links in a circle", "VIA1031" },
        { "file twice", "VIA1031" },
        { "fifo", "VIA1031" },
        { "nothing", "VIA1031" },
        { "no tar", "VIA1031" },
        { "cut", "VIA1031" },
        { "wrong layer", "VIA1012" },
        { "wrong zipped layer", "VIA1012" },
        { "broken zipped layer", "VIA1031" },
        { "layer missing", "VIA1031" },
        { "layer too much", "VIA1031" },
        { "wrong blob", "VIA1012" },
        { "blob missing", "VIA1032" },
        { "bad config", "VIA1011" },
        { "large manifest.json", "VIA1031" },
        { "broken gzip", "VIA1031" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_archive_is_refused(string which, string code)
    {
        var tar = Images.Tar("a", "1");
        var zipped = Images.Gzip(tar);
        var broken = (byte[])zipped.Clone();
        broken[zipped.Length / 2] ^= 0x55;
        var config = ("c.json", (object)new ImageConfig(new Platform("linux", "arm64")) { DiffIds = [Digest.Sha256(tar)] }.ToBytes());
        (string, object) Manifest(string layers = "\"l.tar\"", string config = "c.json") => ("manifest.json", Encoding.UTF8.GetBytes($$$"""[{"Config":"{{{config}}}","RepoTags":null,"Layers":[{{{layers}}}]}]"""));
        var marker = ("oci-layout", (object)"""{"imageLayoutVersion":"1.0.0"}"""u8.ToArray());
        var no = Digest.Sha256("no"u8);
        var bytes = which switch
        {
            "layer out of the archive" => Images.Archive(config, Manifest("\"../../etc/passwd\"")),
            "link out of the archive" => Images.Archive(config, ("l.tar", "../../../etc/passwd"), Manifest()),
            "path out of the archive" => Images.Archive(("../x", tar), config, Manifest()),
            "links in a circle" => Images.Archive(config, ("l.tar", "m.tar"), ("m.tar", "l.tar"), Manifest()),
            "file twice" => Images.Archive(("l.tar", tar), ("l.tar", tar), config, Manifest()),
            "fifo" => Images.Archive(("l.tar", TarEntryType.Fifo), config, Manifest()),
            "nothing" => Images.Archive(("x", tar)),
            "no tar" => Encoding.UTF8.GetBytes(new string('x', 2000)),
            "cut" => Images.Archive(config, ("l.tar", tar), Manifest())[..1000],
            "wrong layer" => Images.Archive(config, ("l.tar", Images.Tar("a", "2")), Manifest()),
            "wrong zipped layer" => Images.Archive(config, ("l.tar", Images.Gzip(Images.Tar("a", "2"))), Manifest()),
            "broken zipped layer" => Images.Archive(config, ("l.tar", broken), Manifest()),
            "layer missing" => Images.Archive(config, Manifest()),
            "layer too much" => Images.Archive(config, ("l.tar", tar), Manifest("\"l.tar\",\"l.tar\"")),
            "wrong blob" => Images.Archive(marker, ("blobs/sha256/" + no.Hex, tar), ("index.json", "{}"u8.ToArray())),
            "blob missing" => Images.Archive(marker, ("index.json", Encoding.UTF8.GetBytes($$$"""{"manifests":[{"digest":"{{{no}}}","size":2}]}"""))),
            "bad config" => Images.Archive(("c.json", "[]"u8.ToArray()), ("l.tar", tar), Manifest()),
            "large manifest.json" => Images.Archive(("manifest.json", new byte[RawManifest.MaxSize + 1])),
            "broken gzip" => [.. Images.Gzip(Images.Archive(config, ("l.tar", tar), Manifest()))[..100], 1, 2, 3],
            _ => throw new ArgumentOutOfRangeException(nameof(which)),
        };
        Assert.Equal(code, (await Assert.ThrowsAsync<ViaductException>(() => Open(bytes))).Code);
    }

    [Fact]
    public async Task Limits_hold_for_entries_bytes_and_what_is_compressed()
    {
        var many = Images.Archive([.. Enumerable.Range(0, 20).Select(i => ($"f{i}", (object)new byte[1000]))]);
        foreach (var (bytes, limits) in new[]
        {
            (many, new ImageArchiveLimits { Entries = 19 }),
            (many, new ImageArchiveLimits { Bytes = 19_999 }),
            (Images.Gzip(many), new ImageArchiveLimits { Bytes = 5_000 }),
        })
            Assert.Contains("more than", (await Assert.ThrowsAsync<ViaductException>(() => Open(bytes, limits))).Message);
    }

    [Fact]
    public async Task A_layer_is_unpacked_once_however_often_it_is_named()
    {
        // The limit counts what is unpacked, so a second time would be seen.
        var tar = Images.Tar("a", new string('x', 200_000));
        var config = new ImageConfig(new Platform("linux", "arm64")) { DiffIds = [.. Enumerable.Repeat(Digest.Sha256(tar), 10)] }.ToBytes();
        var image = $$"""{"Config":"c.json","Layers":[{{string.Join(',', Enumerable.Repeat("\"l.tar\"", 10))}}]}""";
        var bytes = Images.Archive(("c.json", config), ("l.tar", Images.Gzip(tar)), ("manifest.json", Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(image, 5))}]")));
        Assert.Equal(5, (await Open(bytes, new ImageArchiveLimits { Bytes = tar.Length + 10_000 })).Images.Count);
    }

    [Fact]
    public async Task Layers_that_unpack_to_more_than_the_limit_together_are_refused()
    {
        var tars = Enumerable.Range(0, 3).Select(i => Images.Tar("a", new string((char)('a' + i), 200_000))).ToList();
        var config = new ImageConfig(new Platform("linux", "arm64")) { DiffIds = [.. tars.Select(t => Digest.Sha256(t))] }.ToBytes();
        var bytes = Images.Archive([
            ("c.json", config),
            .. tars.Select((t, i) => ($"l{i}.tar", (object)Images.Gzip(t))),
            ("manifest.json", """[{"Config":"c.json","Layers":["l0.tar","l1.tar","l2.tar"]}]"""u8.ToArray())]);
        var error = await Assert.ThrowsAsync<ViaductException>(() => Open(bytes, new ImageArchiveLimits { Bytes = 500_000 }));
        Assert.Equal("VIA1031", error.Code);
        Assert.Contains("unpacked", error.Message);
        await Open(bytes, new ImageArchiveLimits { Bytes = 700_000 });
    }

    [Fact]
    public async Task A_layer_of_zeros_that_grows_a_thousandfold_is_refused()
    {
        var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(new byte[55 << 20]);
        var bytes = Images.Archive(
            ("c.json", new ImageConfig(new Platform("linux", "arm64")) { DiffIds = [Digest.Sha256([])] }.ToBytes()),
            ("l.tar", Enumerable.Repeat(member.ToArray(), 20).SelectMany(b => b).ToArray()),
            ("manifest.json", """[{"Config":"c.json","Layers":["l.tar"]}]"""u8.ToArray()));
        var error = await Assert.ThrowsAsync<ViaductException>(() => Open(bytes));
        Assert.Equal("VIA1031", error.Code);
        Assert.Contains("times its packed size", error.Message);
    }

    [Fact]
    public async Task What_a_message_repeats_of_an_archive_is_harmless_on_a_terminal()
    {
        var error = await Assert.ThrowsAsync<ViaductException>(() => Open(Images.Archive(("\u001b[31m", TarEntryType.Fifo))));
        Assert.DoesNotContain('\u001b', error.Render());
    }
}
