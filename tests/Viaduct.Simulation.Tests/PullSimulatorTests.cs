using Viaduct.Oci;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>What a node pulls, and how list, config and binary agree.</summary>
public sealed class PullSimulatorTests
{
    private static readonly ContainerConfig Pause = new() { Entrypoint = ["/pause"] };

    private readonly MemoryContent _content = new();
    private readonly PullSimulator _simulator = new();

    [Fact]
    public async Task A_sound_list_serves_each_node_its_own_image()
    {
        var (amd64, arm64) = (await Image("linux/amd64", ElfFile.Amd64), await Image("linux/arm64", ElfFile.Arm64));
        var list = List(("linux/amd64", amd64), ("linux/arm64", arm64));
        foreach (var (node, child) in new[] { ("linux/amd64", amd64), ("linux/arm64", arm64), ("linux/arm64/v8", arm64) })
        {
            var pull = await Pull(list, node);
            Assert.Empty(pull.Findings);
            Assert.Equal((Verdict.Ok, child.Digest, "/pause", BinaryKind.Elf), (pull.Verdict, pull.Selected!.Digest, pull.Executable, pull.Binary!.Kind));
            Assert.Equal(Platform.Parse(node).Architecture, pull.ConfigPlatform!.Architecture);
        }
    }

    [Theory]
    // node, list entry, config, binary: verdict
    [InlineData("linux/amd64", "linux/amd64", "linux/amd64", "amd64", Verdict.Ok)]
    [InlineData("linux/arm64", "linux/arm64", "linux/amd64", "amd64", Verdict.Failure)]
    [InlineData("linux/arm64", "linux/arm64", "linux/amd64", "arm64", Verdict.Warning)]
    [InlineData("linux/arm64", "linux/arm64", "linux/arm64", "amd64", Verdict.Failure)]
    [InlineData("linux/arm64", "linux/arm64/v8", "linux/arm64", "arm64", Verdict.Ok)]
    [InlineData("linux/arm/v6", "linux/arm/v6", "linux/arm", "arm", Verdict.Ok)]
    [InlineData("linux/arm/v6", "linux/arm/v6", "linux/arm/v7", "arm", Verdict.Warning)]
    [InlineData("linux/arm64", "linux/arm", "linux/arm", "arm", Verdict.Failure)]
    [InlineData("linux/amd64", "linux/386", "linux/386", "386", Verdict.Failure)]
    [InlineData("linux/amd64", "linux/amd64", "linux/386", "386", Verdict.Warning)]
    [InlineData("linux/amd64", "linux/amd64", "", "amd64", Verdict.Warning)]
    [InlineData("linux/amd64", "linux/arm64", "linux/arm64", "arm64", Verdict.Failure)]
    [InlineData("linux/amd64/v3", "linux/amd64", "linux/amd64", "amd64", Verdict.Ok)]
    [InlineData("linux/amd64/v3", "linux/amd64/v3", "linux/amd64", "amd64", Verdict.Failure)]
    // without a list
    [InlineData("linux/amd64", null, "linux/amd64", "amd64", Verdict.Ok)]
    [InlineData("linux/amd64", null, "linux/arm64", "arm64", Verdict.Failure)]
    [InlineData("linux/amd64", null, "linux/arm64", "amd64", Verdict.Warning)]
    [InlineData("linux/amd64", null, "linux/amd64/v3", "amd64", Verdict.Warning)]
    [InlineData("linux/arm64", null, "linux/arm", "arm", Verdict.Warning)]
    [InlineData("linux/arm/v7", null, "linux/arm/v6", "arm", Verdict.Ok)]
    [InlineData("linux/arm/v6", null, "linux/arm/v7", "arm", Verdict.Warning)]
    [InlineData("windows/amd64", null, "linux/amd64", "amd64", Verdict.Failure)]
    public async Task List_config_and_binary_are_held_against_the_node(string node, string? entry, string config, string binary, Verdict verdict)
    {
        var elf = binary switch { "amd64" => ElfFile.Amd64, "arm64" => ElfFile.Arm64, "arm" => ElfFile.Arm, _ => ElfFile.I386 };
        var image = await Image(config, elf);
        var pull = await Pull(entry is null ? image : List((entry, image)), node);
        Assert.Equal((verdict, verdict == Verdict.Ok), (pull.Verdict, pull.Findings.Count == 0));
    }

    [Fact]
    public async Task A_wrong_binary_is_told_in_one_sentence()
    {
        var image = await Image("linux/arm64", ElfFile.Amd64);
        var pull = await Pull(List(("linux/arm64", image)), "linux/arm64");
        Assert.Equal([$"node linux/arm64 would pull sha256:{image.Digest.Short} for linux/arm64, and its /pause is an amd64 binary: it cannot run"], pull.Findings.Select(f => f.Text));
    }

    [Fact]
    public async Task A_list_without_the_node_names_what_it_has()
    {
        var image = await Image("linux/amd64", ElfFile.Amd64);
        var pull = await Pull(List(("linux/amd64", image), ("none", image), ("unknown/unknown", image)), "linux/s390x");
        Assert.Equal((Verdict.Failure, null), (pull.Verdict, pull.Selected));
        Assert.Contains("which has linux/amd64, an entry without a platform: the pull fails", Assert.Single(pull.Findings).Text);
    }

    [Fact]
    public async Task A_second_entry_for_the_same_platform_is_noticed()
    {
        var image = await Image("linux/amd64", ElfFile.Amd64);
        var pull = await Pull(List(("linux/amd64", image), ("linux/amd64", image)), "linux/amd64");
        Assert.Equal(Verdict.Warning, pull.Verdict);
        Assert.Contains("the list has 1 more for the same platform", Assert.Single(pull.Findings).Text);
    }

    [Fact]
    public async Task A_second_entry_that_is_missing_fails_with_the_transfer_service_that_fetches_both()
    {
        var (image, missing) = (await Image("linux/amd64", ElfFile.Amd64), await new MemoryContent().ImageAsync("linux/amd64", Pause));
        var list = List(("linux/amd64", image), ("linux/amd64", missing));
        Assert.Equal(Verdict.Failure, (await Pull(list, "linux/amd64")).Verdict);
        var node = Node.Of(Platform.Parse("linux/amd64")) with { Runtime = Runtimes.Parse("containerd 2.0") };
        Assert.Equal(Verdict.Warning, (await _simulator.PullAsync(_content, list, node, default)).Verdict);
    }

    [Theory]
    [InlineData("windows(10.0.20348)/amd64", "windows(10.0.20348.1)/amd64", false)]
    [InlineData("windows(10.0.20348)/amd64", "windows(10.0.17763.1)/amd64", true)]
    [InlineData("windows(10.0.26100)/amd64", "windows(10.0.20348.1)/amd64", false)]
    [InlineData("windows/amd64", "windows(10.0.17763.1)/amd64", false)]
    public async Task A_config_of_a_build_that_windows_does_not_run_fails(string node, string config, bool fails)
    {
        var image = _content.Image(config, Pause);
        foreach (var manifest in new[] { image, List(("windows/amd64", image)) })
            Assert.Equal(fails, (await Pull(manifest, node)).Findings.Any(f => f.Kind == FindingKinds.WindowsBuild && f.Verdict == Verdict.Failure));
    }

    [Theory]
    [InlineData("docker 28")]
    [InlineData("cri-o")]
    public async Task What_other_runtimes_than_containerd_do_on_windows_is_not_known(string runtime)
    {
        var node = Node.Of(Platform.Parse("windows(10.0.20348)/amd64")) with { Runtime = Runtimes.Parse(runtime) };
        Assert.Equal(Verdict.Unknown, (await _simulator.PullAsync(_content, List(("windows/amd64", _content.Image("windows/amd64", Pause))), node, default)).Verdict);
    }

    [Fact]
    public async Task A_list_in_a_list_is_followed_with_a_warning()
    {
        var inner = List(("linux/amd64", await Image("linux/amd64", ElfFile.Amd64)));
        _content.Add(inner);
        var pull = await Pull(List(("linux/amd64", inner)), "linux/amd64");
        Assert.Equal((Verdict.Warning, Verdict.Ok), (pull.Verdict, pull.Binary!.RunsOn(pull.Node).Verdict));
    }

    [Theory]
    [InlineData("containerd 2.1", "rpc error: code = NotFound desc = failed to pull and unpack image \"r.example/a:1\": failed to resolve image: r.example/a:1: not found")]
    [InlineData("cri-o", "\"not found\"")]
    public void A_name_that_is_not_there_fails_with_the_words_of_the_runtime(string runtime, string words)
    {
        var pull = PullSimulator.Missing(Reference.Parse("r.example/a:1"), Node.Of(Platform.Parse("linux/amd64")) with { Runtime = Runtimes.Parse(runtime) });
        Assert.Equal((Verdict.Failure, "VF111"), (pull.Verdict, Assert.Single(pull.Findings).Kind.Code));
        Assert.Contains(words, pull.Findings[0].Text);
    }

    [Fact]
    public async Task A_child_that_is_not_there_fails()
    {
        var child = await new MemoryContent().ImageAsync("linux/amd64", Pause);
        var pull = await Pull(List(("linux/amd64", child)), "linux/amd64");
        Assert.Equal(Verdict.Failure, pull.Verdict);
        Assert.Contains("it is not in the repository", Assert.Single(pull.Findings).Text);
    }

    [Fact]
    public async Task A_child_with_other_bytes_than_its_digest_fails()
    {
        var (child, other) = (await new MemoryContent().ImageAsync("linux/amd64", Pause), await Image("linux/amd64", ElfFile.Amd64));
        _content.Add(other, under: child.Digest);
        var pull = await Pull(List(("linux/amd64", child)), "linux/amd64");
        Assert.Equal(Verdict.Failure, pull.Verdict);
        Assert.Contains("its manifest is not what the list says", Assert.Single(pull.Findings).Text);
    }

    [Fact]
    public async Task A_child_of_another_size_than_the_list_says_fails()
    {
        var child = await Image("linux/amd64", ElfFile.Amd64);
        var pull = await Pull(List([("linux/amd64", child.Descriptor with { Size = child.Bytes.Length + 1 })]), "linux/amd64");
        Assert.Equal(Verdict.Failure, pull.Verdict);
    }

    [Fact]
    public async Task Content_that_is_not_what_its_digest_says_fails()
    {
        var image = await Image("linux/amd64", ElfFile.Amd64);
        _content.Replace(image.AsImage().Layers[0].Digest, new byte[(int)image.AsImage().Layers[0].Size]);
        var pull = await Pull(image, "linux/amd64");
        Assert.Equal(Verdict.Failure, pull.Verdict);
        Assert.Contains("its content cannot be used", Assert.Single(pull.Findings).Text);
    }

    [Fact]
    public async Task An_artifact_is_no_image()
    {
        var artifact = new ImageManifest(_content.Add("application/vnd.example+json", "{}"u8.ToArray()), []).ToManifest();
        Assert.Equal(Verdict.Failure, (await Pull(artifact, "linux/amd64")).Verdict);
    }

    [Fact]
    public async Task A_layer_of_xz_leaves_the_answer_open()
    {
        var config = _content.Add(MediaTypes.OciConfig, new ImageConfig(new Platform("linux", "amd64")) { Container = Pause, DiffIds = [Digest.Sha256("x"u8)] }.ToBytes());
        var image = new ImageManifest(config, [_content.Add(MediaTypes.OciLayer, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])]).ToManifest();
        Assert.Equal(Verdict.Unknown, (await Pull(image, "linux/amd64")).Verdict);
    }

    [Fact]
    public async Task A_manifest_that_is_no_image_at_all_is_refused()
    {
        var other = RawManifest.Parse("""{"schemaVersion":2}"""u8.ToArray(), "application/vnd.other");
        Assert.Equal("VIA6002", (await Assert.ThrowsAsync<ViaductException>(() => Pull(other, "linux/amd64"))).Code);
    }

    [Fact]
    public async Task A_node_without_architecture_is_refused() =>
        Assert.Equal("VIA6001", (await Assert.ThrowsAsync<ViaductException>(
            () => _simulator.PullAsync(_content, List(), Node.Of(new Platform("linux", "")), default))).Code);

    /// <summary>Six manifests of a few hundred bytes that would have to be read millions of times.</summary>
    [Fact]
    public async Task Lists_that_name_each_other_again_and_again_are_read_once()
    {
        var inner = await Image("linux/amd64", ElfFile.Amd64);
        for (var depth = 0; depth < 5; depth++)
        {
            inner = List([.. Enumerable.Repeat(("none", inner), 32)]);
            _content.Add(inner);
        }
        var before = _content.Reads;
        await Candidates.ReadAsync(_content, inner, allConfigs: true, default);
        Assert.InRange(_content.Reads - before, 1, 130);
    }

    private Task<RawManifest> Image(string config, byte[] program) => _content.ImageAsync(config, Pause, Program("pause", program));

    private Task<SimulatedPull> Pull(RawManifest manifest, string node) => _simulator.PullAsync(_content, manifest, Node.Of(Platform.Parse(node)), default);
}
