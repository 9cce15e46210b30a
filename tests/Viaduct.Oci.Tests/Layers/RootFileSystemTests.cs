using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Tests.Layers;

public sealed class RootFileSystemTests
{
    private const string Usr = "bin->usr/bin lib->/usr/lib usr/ usr/bin/ usr/bin/sh=1 usr/bin/bash->sh usr/bin/up->../../../../etc/passwd etc/ etc/passwd=2 "
        + "dangling->nowhere/x loop->loop a->b b->a chain->lib/../bin/bash usr/lib/ usr/lib/x=3 to-file->etc/passwd self->. deep->deep/x";

    [Theory]
    // path, Find, Resolve (- nothing, ! too many links)
    [InlineData("", "", "")]
    [InlineData("/", "", "")]
    [InlineData("etc/passwd", "etc/passwd", "etc/passwd")]
    [InlineData("/etc//./passwd", "etc/passwd", "etc/passwd")]
    [InlineData("etc/nothing", "-", "-")]
    [InlineData("new/dir/file", "-", "-")]
    [InlineData("bin", "bin", "usr/bin")]
    [InlineData("bin/sh", "usr/bin/sh", "usr/bin/sh")]
    [InlineData("bin/bash", "usr/bin/bash", "usr/bin/sh")]
    [InlineData("bin/new", "-", "-")]
    [InlineData("lib/x", "usr/lib/x", "usr/lib/x")]
    [InlineData("lib/new/deep", "-", "-")]
    [InlineData("bin/up", "usr/bin/up", "etc/passwd")]
    [InlineData("../../etc/passwd", "etc/passwd", "etc/passwd")]
    [InlineData("lib/../etc", "-", "-")]
    [InlineData("lib/../../etc", "etc", "etc")]
    [InlineData("chain", "chain", "usr/bin/sh")]
    [InlineData("self/self/etc", "etc", "etc")]
    [InlineData("dangling", "dangling", "-")]
    [InlineData("dangling/y", "-", "-")]
    [InlineData("loop", "loop", "!")]
    [InlineData("loop/x", "!", "!")]
    [InlineData("a/x", "!", "!")]
    [InlineData("deep", "deep", "!")]
    [InlineData("etc/passwd/x", "-", "-")]
    [InlineData("to-file/x", "-", "-")]
    [InlineData("etc/passwd/../passwd", "-", "-")]
    [InlineData("new/../etc/passwd", "-", "-")]
    public async Task Paths_lead_where_they_lead_in_a_container(string path, string find, string resolve)
    {
        var files = await LoadAsync(Usr);
        Assert.Equal(find, Outcome(() => files.Find(path)?.Path));
        Assert.Equal(resolve, Outcome(() => files.Resolve(path)?.Path));
    }

    private static string Outcome(Func<string?> lookUp)
    {
        try
        {
            return lookUp() ?? "-";
        }
        catch (ViaductException e)
        {
            return e.Code == "VIA1022" ? "!" : e.Code;
        }
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public async Task Forty_links_are_followed_and_no_more(int links, bool found)
    {
        var files = await LoadAsync("l0=x " + string.Join(' ', Enumerable.Range(1, links).Select(i => $"l{i}->l{i - 1}")));
        Assert.Equal(found ? "l0" : "!", Outcome(() => files.Resolve($"l{links}")?.Path));
    }

    [Theory]
    [InlineData("bin", "usr/bin/bash usr/bin/sh usr/bin/up")]
    [InlineData("etc", "etc/passwd")]
    [InlineData("etc/passwd", "")]
    [InlineData("nothing", "")]
    public async Task Walking_stays_below_its_start(string start, string paths) =>
        Assert.Equal(paths, string.Join(' ', (await LoadAsync(Usr)).Walk(start).Select(file => file.Path)));

    [Fact]
    public async Task A_node_says_what_its_entry_said()
    {
        var layer = await TestArchive.WriteAsync(
        [
            (TestArchive.Directory("") with { Mode = 0b111_000_000 }, []),
            (TestArchive.File("a", 5) with { Mode = 0b100_111_101_101, Uid = 7, Gid = 8, ModificationTime = 9 }, "hello"u8.ToArray()),
            (TestArchive.HardLink("b", "a"), []),
        ]);
        var files = await RootFileSystem.LoadAsync([Blob.FromBytes(MediaTypes.OciLayer, layer)], default);
        Assert.Equal(0b111_000_000, files.Find("/")!.Entry.Mode);
        var link = files.Find("b")!;
        Assert.Equal((TarEntryKind.File, 5L, 7L, 8L, 9L, "b"), (link.Entry.Kind, link.Entry.Size, link.Entry.Uid, link.Entry.Gid, link.Entry.ModificationTime, link.Entry.Path));
        Assert.Equal(Digest.Sha256("hello"u8), link.Content);
        Assert.Throws<ArgumentException>(() => files.OpenAsync(files.Find("/")!, default).GetAwaiter().GetResult());
    }

    [Fact]
    public async Task Opening_reads_no_further_than_the_file()
    {
        var random = new byte[4 << 20];
        new Random(1).NextBytes(random);
        var tar = await TestArchive.WriteAsync([(TestArchive.File("a", 5), "hello"u8.ToArray()), (TestArchive.File("big", random.Length), random)]);
        MemoryStream? opened = null;
        var layer = new Blob(new Descriptor(MediaTypes.OciLayer, Digest.Sha256(tar), tar.Length), _ => ValueTask.FromResult<Stream>(opened = new MemoryStream(tar)));
        var files = await RootFileSystem.LoadAsync([layer], default);
        await using (var stream = await files.OpenAsync(files.Find("a")!, default))
        {
            Assert.Equal("hello", await new StreamReader(stream).ReadToEndAsync());
            Assert.InRange(opened!.Position, 1, 1 << 20);
        }
        Assert.False(opened.CanRead);
    }

    [Fact]
    public async Task A_content_that_changed_since_loading_is_noticed()
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("a", 5), "hello"u8.ToArray())]);
        var layer = new Blob(new Descriptor(MediaTypes.OciLayer, Digest.Sha256(tar), tar.Length), _ => ValueTask.FromResult<Stream>(new MemoryStream((byte[])tar.Clone())));
        var files = await RootFileSystem.LoadAsync([layer], default);
        tar[512] = (byte)'j';
        await using var stream = await files.OpenAsync(files.Find("a")!, default);
        Assert.Equal("VIA1012", (await Assert.ThrowsAsync<ViaductException>(() => new StreamReader(stream).ReadToEndAsync())).Code);
    }

    [Fact]
    public async Task A_tree_that_would_fill_the_memory_is_refused()
    {
        var deep = string.Join('/', Enumerable.Repeat("x", 500));
        Blob[] layers = [await TestArchive.LayerAsync($"{deep}/a")];
        foreach (var limits in new[] { new LayerLimits { MaxFiles = 400 }, new LayerLimits { MaxNames = 100_000 } })
            Assert.Equal("VIA1021", (await Assert.ThrowsAsync<ViaductException>(() => RootFileSystem.LoadAsync(layers, limits, default))).Code);
        Assert.Equal(501, (await RootFileSystem.LoadAsync(layers, default)).Walk("").Count());
    }

    [Fact]
    public async Task Links_cannot_make_a_path_longer_than_a_path_can_be()
    {
        var half = string.Join('/', Enumerable.Repeat("x", 1500));
        var layers = new[] { await TestArchive.LayerAsync($"{half}/ l->{half} l/{half}/f") };
        Assert.Equal("VIA1024", (await Assert.ThrowsAsync<ViaductException>(() => RootFileSystem.LoadAsync(layers, default))).Code);
    }

    [Fact]
    public async Task Whiteouts_without_end_cost_no_time()
    {
        var layers = new[]
        {
            await TestArchive.LayerAsync("d/ " + string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"d/{i}"))),
            await TestArchive.LayerAsync("d/ " + string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"d/n{i} .wh.d d/.wh..wh..opq"))),
        };
        var files = await RootFileSystem.LoadAsync(layers, default);
        Assert.Equal(3001, files.Walk("").Count());
    }

    private static async Task<RootFileSystem> LoadAsync(string layer) => await RootFileSystem.LoadAsync([await TestArchive.LayerAsync(layer)], default);
}
