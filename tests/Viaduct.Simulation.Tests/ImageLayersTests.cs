using Viaduct.Oci;
using Viaduct.Oci.Layers;
using ZstdSharp;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>Which layers are fetched: each at most once, and none that decides nothing.</summary>
public sealed class ImageLayersTests
{
    private static readonly byte[] Dynamic = ElfFile.Make(62, type: BinaryFormat.PositionIndependent, interpreter: "/lib64/ld-linux-x86-64.so.2");
    private static readonly (TarEntry, byte[]?)[] Base = [.. Folder("lib64"), .. Program("lib64/ld-linux-x86-64.so.2", ElfFile.Make(62, type: 3)), .. Folder("bin"), .. Program("bin/sh", ElfFile.Amd64)];

    private readonly MemoryContent _content = new();

    [Fact]
    public async Task A_static_program_in_the_top_layer_does_not_fetch_its_base()
    {
        Assert.Equal("top", await FetchedAsync("/app", ("base", Base), ("top", Program("app", ElfFile.Amd64))));
        Assert.Equal("top", await FetchedAsync("/opt/app", ("base", Base), ("middle", Link("opt", "else")), ("top", [.. Folder("opt"), .. Program("opt/app", ElfFile.Amd64)])));
    }

    [Fact]
    public async Task A_dynamic_program_fetches_what_its_loader_lies_in() =>
        Assert.Equal("base top", await FetchedAsync("/app", ("base", Base), ("top", Program("app", Dynamic))));

    [Fact]
    public async Task A_loader_found_in_the_middle_leaves_the_base_alone() =>
        Assert.Equal("middle top", await FetchedAsync("/app", ("base", Link("x", "y")), ("middle", Base), ("top", Program("app", Dynamic))));

    [Fact]
    public async Task A_script_fetches_what_its_interpreter_lies_in() =>
        Assert.Equal("base top", await FetchedAsync("/run", ("base", Base), ("top", Script("run", "#!/bin/sh\n"))));

    [Fact]
    public async Task A_name_along_PATH_fetches_what_could_have_it_in_an_earlier_folder() =>
        Assert.Equal("base top", await FetchedAsync("app", ("base", Base), ("top", [.. Folder("bin"), .. Program("bin/app", ElfFile.Amd64)])));

    [Fact]
    public async Task A_folder_that_no_entry_describes_could_be_a_link_of_the_base() =>
        Assert.Equal("base top", await FetchedAsync("/opt/app", ("base", Base), ("top", Program("opt/app", ElfFile.Amd64))));

    [Fact]
    public async Task A_link_into_the_base_fetches_it() =>
        Assert.Equal("base top", await FetchedAsync("/app", ("base", Base), ("top", Link("app", "/bin/sh"))));

    [Fact]
    public async Task A_hard_link_into_the_base_fetches_it() =>
        Assert.Equal("base top", await FetchedAsync("/app", ("base", Base), ("top", [(new TarEntry("app", TarEntryKind.HardLink) { LinkTarget = "bin/sh" }, null)])));

    [Fact]
    public async Task A_program_that_is_nowhere_is_looked_for_everywhere() =>
        Assert.Equal("base middle top", await FetchedAsync("/gone", ("base", Base), ("middle", Folder("m")), ("top", Folder("t"))));

    [Fact]
    public async Task Deep_fetches_all() =>
        Assert.Equal("base top", await FetchedAsync(new PullOptions { Deep = true }, "/app", ("base", Base), ("top", Program("app", ElfFile.Amd64))));

    [Fact]
    public async Task A_base_is_fetched_once_for_all_images_that_share_it()
    {
        var simulator = new PullSimulator();
        var images = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _content.ImageAsync("linux/amd64", Start($"/app{i}"), Base, Program($"app{i}", Dynamic))));
        var pulls = await Task.WhenAll(images.Select(i => simulator.PullAsync(_content, i, Amd64, default)));
        Assert.All(pulls, p => Assert.Equal(Verdict.Ok, p.Verdict));
        Assert.Single(_content.Opened, d => d == images[0].AsImage().Layers[0].Digest);
    }

    [Fact]
    public async Task A_shelf_without_room_keeps_nothing_and_answers_the_same()
    {
        var layer = _content.Add(MediaTypes.OciLayer, await TarAsync(Base));
        var (small, large) = (new LayerShelf(room: 100), new LayerShelf());
        foreach (var shelf in new[] { small, small, large, large }) Assert.Equal(4, (await shelf.GetAsync(_content, layer, default)).Count);
        Assert.Equal(3, _content.Opened.Count);
    }

    [Fact]
    public async Task A_full_shelf_lets_the_longest_unused_go()
    {
        var layers = new List<Descriptor>();
        foreach (var name in new[] { "a", "b", "c" }) layers.Add(_content.Add(MediaTypes.OciLayer, await TarAsync(Folder(name))));
        var shelf = new LayerShelf(room: 1000);
        foreach (var index in new[] { 0, 1, 0, 2, 0, 1 }) await shelf.GetAsync(_content, layers[index], default);
        Assert.Equal(["a", "b", "b", "c"], _content.Opened.Select(d => "abc"[layers.FindIndex(l => l.Digest == d)].ToString()).Order());
    }

    [Fact]
    public async Task A_layer_that_is_named_with_another_size_is_not_shared()
    {
        var layer = _content.Add(MediaTypes.OciLayer, await TarAsync(Base));
        var shelf = new LayerShelf();
        await shelf.GetAsync(_content, layer, default);
        Assert.Equal("VIA1012", (await Assert.ThrowsAsync<ViaductException>(() => shelf.GetAsync(_content, layer with { Size = layer.Size + 1 }, default))).Code);
    }

    [Fact]
    public async Task Another_images_wrong_size_fails_nobody_who_asks_beside_it()
    {
        var layer = _content.Add(MediaTypes.OciLayer, await TarAsync(Base));
        var gate = new TaskCompletionSource();
        _content.Delay = ct => gate.Task.WaitAsync(ct);
        var shelf = new LayerShelf();
        var (wrong, sound) = (shelf.GetAsync(_content, layer with { Size = layer.Size + 1 }, default), shelf.GetAsync(_content, layer, default));
        gate.SetResult();
        Assert.Equal("VIA1012", (await Assert.ThrowsAsync<ViaductException>(() => wrong)).Code);
        Assert.Equal(layer, (await sound).Layer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_type_that_is_not_read_is_not_read_after_another_image_named_a_plain_one(bool plainFirst)
    {
        var layer = _content.Add(MediaTypes.OciLayer, await TarAsync(Program("app", ElfFile.Amd64)));
        var (plain, encrypted) = (_content.Image("linux/amd64", Start("/app"), layer), _content.Image("linux/amd64", Start("/app"), layer with { MediaType = layer.MediaType + "+encrypted" }));
        var simulator = new PullSimulator();
        foreach (var image in plainFirst ? new[] { plain, encrypted } : [encrypted, plain])
            Assert.Equal(image == plain ? Verdict.Ok : Verdict.Unknown, (await simulator.PullAsync(_content, image, Amd64, default)).Verdict);
    }

    [Fact]
    public async Task A_layer_of_zstd_is_looked_into()
    {
        using var compressor = new ZstdSharp.Compressor();
        var layer = _content.Add(MediaTypes.OciLayerZstd, compressor.Wrap(await TarAsync(Program("app", ElfFile.Arm64))).ToArray());
        var pull = await new PullSimulator().PullAsync(_content, _content.Image("linux/amd64", Start("/app"), layer), Amd64, default);
        Assert.Equal("VF301", Assert.Single(pull.Findings).Kind.Code);
    }

    [Theory]
    [InlineData("/app", Verdict.Ok)]
    [InlineData("/bin/sh", Verdict.Unknown)]
    public async Task A_base_that_lies_elsewhere_is_missed_only_where_it_decides(string entrypoint, Verdict verdict)
    {
        var foreign = new Descriptor("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", Digest.Sha256("far"u8), 100) { Urls = ["https://example.com/far"] };
        var top = _content.Add(MediaTypes.OciLayer, await TarAsync(Program("app", ElfFile.Amd64)));
        var pull = await new PullSimulator().PullAsync(_content, _content.Image("linux/amd64", Start(entrypoint), foreign, top), Amd64, default);
        Assert.Equal(verdict, pull.Verdict);
    }

    private static Node Amd64 { get; } = Node.Of(new Platform("linux", "amd64"));

    private static ContainerConfig Start(string word) => new() { Entrypoint = [word] };

    private Task<string> FetchedAsync(string word, params (string Name, (TarEntry, byte[]?)[] Entries)[] layers) => FetchedAsync(PullOptions.Default, word, layers);

    /// <summary>The names of the layers that were opened, each as often as it was.</summary>
    private async Task<string> FetchedAsync(PullOptions options, string word, params (string Name, (TarEntry, byte[]?)[] Entries)[] layers)
    {
        var image = await _content.ImageAsync("linux/amd64", Start(word), [.. layers.Select(l => l.Entries)]);
        _content.Opened.Clear();
        await new PullSimulator(options).PullAsync(_content, image, Amd64, default);
        var names = image.AsImage().Layers.Zip(layers, (d, l) => (d.Digest, l.Name)).ToList();
        return string.Join(' ', _content.Opened.SelectMany(d => names.Where(n => n.Digest == d).Select(n => n.Name)).Order());
    }
}
