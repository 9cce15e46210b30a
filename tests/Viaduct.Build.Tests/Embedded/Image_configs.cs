using Viaduct.Oci;

namespace Viaduct.Build.Tests;

public sealed class Image_configs : IAsyncDisposable
{
    private const string Path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private readonly Workspace _workspace = new Workspace().File("a", "A");

    private async Task<ContainerConfig> ConfigAsync(string instructions) => (await _workspace.BuildAsync("FROM scratch\n" + instructions)).Config.Container;

    [Theory]
    [InlineData("CMD [\"a\"]", "", "a")]
    [InlineData("ENTRYPOINT [\"e\"]\nCMD [\"a\"]", "e", "a")]
    [InlineData("CMD [\"a\"]\nENTRYPOINT [\"e\"]", "e", "a")]
    [InlineData("CMD echo $x", "", "/bin/sh|-c|echo $x")]
    [InlineData("ENTRYPOINT run it", "/bin/sh|-c|run it", "")]
    [InlineData("ENTRYPOINT [\"e\"]\nENTRYPOINT []", "", "")]
    [InlineData("CMD [\"a\"]\nCMD []", "", "")]
    public async Task Entrypoint_and_cmd(string instructions, string entrypoint, string cmd)
    {
        var config = await ConfigAsync(instructions);
        Assert.Equal((entrypoint, cmd), (string.Join('|', config.Entrypoint), string.Join('|', config.Cmd)));
    }

    [Fact]
    public async Task An_entrypoint_resets_an_inherited_cmd()
    {
        Assert.Empty((await _workspace.BuildAsync("FROM scratch AS one\nCMD [\"a\"]\nFROM one\nENTRYPOINT [\"e\"]")).Config.Container.Cmd);
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nCMD [\"a\"]\nCOPY a /a"));
        Assert.Empty((await _workspace.BuildAsync("FROM base\nENTRYPOINT [\"e\"]")).Config.Container.Cmd);
        Assert.Equal(["b"], (await _workspace.BuildAsync("FROM base\nCMD [\"b\"]\nENTRYPOINT [\"e\"]")).Config.Container.Cmd);
    }

    [Fact]
    public async Task Everything_else_is_written_as_docker_writes_it()
    {
        var config = await ConfigAsync("ENV a=1 b=2\nENV a=3\nUSER 65535:65535\nWORKDIR /x\nWORKDIR y/../z\nEXPOSE 80 53/udp\nEXPOSE 80/tcp 8000-8001\nLABEL l=1 \"m n\"=2");
        Assert.Equal([Path, "a=3", "b=2"], config.Env);
        Assert.Equal(("65535:65535", "/x/z"), (config.User, config.WorkingDir));
        Assert.Equal(["53/udp", "80/tcp", "8000/tcp", "8001/tcp"], config.ExposedPorts);
        Assert.Equal([("l", "1"), ("m n", "2")], config.Labels.OrderBy(l => l.Key).Select(l => (l.Key, l.Value)));
    }

    [Fact]
    public async Task Scratch_has_a_PATH_and_the_root_as_its_folder_as_with_BuildKit()
    {
        var config = await ConfigAsync("");
        Assert.Equal([Path], config.Env);
        Assert.Equal("/", config.WorkingDir);
        Assert.Empty((await _workspace.BuildAsync("FROM scratch")).Blobs.Skip(1));
    }

    [Fact]
    public async Task History_has_a_line_an_instruction_and_no_value_of_an_argument()
    {
        _workspace.Args["TOKEN"] = "hidden";
        var image = await _workspace.BuildAsync("FROM scratch\nARG TOKEN\nCOPY --chmod=0755 a /x\nENTRYPOINT [\"/x\", \"a\\\"b\"]\nCOPY no* /\nWORKDIR /w", epoch: 1700000000);
        Assert.Equal(
            ["ARG TOKEN:True", "COPY --chmod=0755 a /x:False", "ENTRYPOINT [\"/x\" \"a\\\"b\"]:True", "COPY no* /:True", "WORKDIR /w:False"],
            image.Config.History.Select(h => $"{h.CreatedBy}:{h.EmptyLayer}"));
        Assert.All(image.Config.History, h => Assert.Equal(("2023-11-14T22:13:20Z", "viaduct"), (h.Created, h.Comment)));
        Assert.Equal("2023-11-14T22:13:20Z", image.Config.Created);
        Assert.Equal(2, image.Config.DiffIds.Count);
        Assert.DoesNotContain("hidden", System.Text.Encoding.UTF8.GetString(image.Config.ToBytes()));
    }

    [Fact]
    public async Task The_manifest_carries_the_input_key_and_its_blobs_in_order()
    {
        var image = await _workspace.BuildAsync("FROM scratch\nCOPY a /x\nCOPY a /y");
        var manifest = image.Manifest.AsImage();
        Assert.Equal(await _workspace.KeyAsync("FROM scratch\nCOPY a /x\nCOPY a /y"), Digest.Parse(manifest.Annotations[Annotations.InputKey]));
        Assert.Equal(manifest.Blobs.Select(b => b.Digest), image.Blobs.Select(b => b.Descriptor.Digest));
        Assert.Equal(MediaTypes.OciManifest, image.Manifest.MediaType);
    }

    [Fact]
    public async Task Labels_of_the_request_come_last()
    {
        _workspace.Labels["l"] = "request";
        Assert.Equal("request", (await ConfigAsync("LABEL l=file")).Labels["l"]);
    }

    [Fact]
    public async Task A_base_gives_its_layers_config_and_history()
    {
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nCOPY a /a\nENV e=1\nUSER 5\nLABEL l=1"));
        var image = await _workspace.BuildAsync("FROM base\nCOPY a /b/c\nENV f=$e");
        Assert.Equal([Path, "e=1", "f=1"], image.Config.Container.Env);
        Assert.Equal(("5", "1"), (image.Config.Container.User, image.Config.Container.Labels["l"]));
        Assert.Equal((2, 2, 6), (image.Blobs.Count - 1, image.Config.DiffIds.Count, image.Config.History.Count));
        Assert.Equal("registry.example/base", image.Blobs[1].MountFrom?.ToString());
        Assert.Null(image.Blobs[2].MountFrom);
        Assert.Equal(["755 0:0 b/", "644 0:0 b/c = A"], (await Workspace.LayersAsync(image))[1]);
    }

    [Fact]
    public async Task A_base_whose_files_nobody_asks_for_is_not_downloaded()
    {
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nCOPY a /a"));
        await _workspace.BuildAsync("FROM base\nENV x=1\nCMD [\"/a\"]");
        Assert.Equal(0, _workspace.Bases.BlobsOpened);
    }

    [Fact]
    public async Task A_base_for_another_platform_is_refused_as_a_failed_verification()
    {
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nCOPY a /a", "linux/arm64"));
        var error = await _workspace.FailureAsync("FROM base");
        Assert.Equal(("VIA2140", ExitCode.VerificationFailed), (error.Code, error.Exit));
        Assert.EndsWith("Dockerfile:1:6", error.Where);
    }

    [Fact]
    public async Task Windows_images_are_left_to_other_builders()
    {
        var error = await Assert.ThrowsAsync<ViaductException>(() => _workspace.BuildAsync("FROM scratch", "windows/amd64"));
        Assert.Equal("VIA2146", error.Code);
    }

    [Fact]
    public async Task Many_files_of_an_image_are_copied_with_few_passes_over_its_layer()
    {
        for (var i = 0; i < 300; i++) _workspace.File($"many/{i}", $"content {i}");
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nCOPY many /m"));
        var files = await _workspace.FilesAsync("FROM scratch\nCOPY --from=base /m /n");
        Assert.Contains("644 0:0 n/299 = content 299", files);
        Assert.InRange(_workspace.Bases.BlobsOpened, 2, 5);
    }

    [Fact]
    public async Task Files_of_the_same_content_and_large_ones_cost_no_further_pass()
    {
        var large = new string('l', 3 << 20);
        for (var i = 0; i < 30; i++) _workspace.File($"many/{i}", i % 2 == 0 ? "the same" : $"{i} other").File($"many/large{i}", i % 3 == 0 ? large : large[..^2] + i.ToString("00"));
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nCOPY many /m"));
        var image = await _workspace.BuildAsync("FROM scratch\nCOPY --from=base /m /n\nCOPY --from=base /m /m");
        Assert.InRange(_workspace.Bases.BlobsOpened, 2, 2);
        Assert.Equal(_workspace.Bases.LayerOf("base"), image.Config.DiffIds[1]);
    }

    [Fact]
    public async Task The_only_file_of_a_layer_is_read_where_it_lies()
    {
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nCOPY a /m"));
        Assert.Equal("644 0:0 n = A", await _workspace.FilesAsync("FROM scratch\nCOPY --from=base /m /n"));
        Assert.Equal(2, _workspace.Bases.BlobsOpened);
    }

    [Fact]
    public async Task A_base_whose_config_counts_its_layers_otherwise_is_refused()
    {
        var image = await _workspace.BuildAsync("FROM scratch\nCOPY a /a");
        _workspace.Bases.Add("few", image with { Config = image.Config with { DiffIds = [] } }).Add("many", image with { Config = image.Config with { DiffIds = [.. image.Config.DiffIds, .. image.Config.DiffIds] } });
        foreach (var name in (string[])["few", "many"])
        {
            var error = await _workspace.FailureAsync($"FROM {name}\nENV a=1");
            Assert.Equal(("VIA2148", ExitCode.VerificationFailed), (error.Code, error.Exit));
            Assert.EndsWith("Dockerfile:1:6", error.Where);
        }
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
