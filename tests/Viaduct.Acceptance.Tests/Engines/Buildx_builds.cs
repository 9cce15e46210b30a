using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>Images that <c>docker buildx build</c> makes for Viaduct, with real engines of either store.</summary>
public sealed class Buildx_builds
{
    private const string Uname = "FROM tools:1\nRUN busybox uname -m > /machine\n";

    public static TheoryData<string> Stores => ["store", "graph"];

    [Theory]
    [InlineData("store", "linux/amd64", "x86_64")]
    [InlineData("store", "linux/arm64", "aarch64")]
    [InlineData("store", "linux/s390x", "s390x")]
    [InlineData("graph", "linux/amd64", "x86_64")]
    [InlineData("graph", "linux/arm64", "aarch64")]
    [InlineData("graph", "linux/s390x", "s390x")]
    public async Task RUN_runs_for_the_platform_on_a_base_of_the_plan(string store, string platform, string machine)
    {
        await using var bed = new BuildxBed(Of(store));
        var request = bed.Request(Uname, platform);
        await bed.Builder().CheckAsync([request], TestContext.Current.CancellationToken);
        var image = await bed.BuildAsync(request);
        Assert.Equal(machine + "\n", await BuildxBed.FileAsync(image, "machine"));
        Assert.True(image.Config.Platform.Same(request.Platform));
        Assert.Contains("TOOLS=yes", image.Config.Container.Env);
        Assert.Equal((await bed.Builder().KeyAsync(request, TestContext.Current.CancellationToken)).ToString(), image.Manifest.AsImage().Annotations[Annotations.InputKey]);
        // The base's layers are the base's, bit by bit, and need not be sent again.
        var tools = (await bed.ToolsAsync("tools", request.Platform)).Manifest.AsImage();
        Assert.Equal(tools.Layers.Select(l => l.Digest), image.Blobs.Skip(1).Take(2).Select(b => b.Descriptor.Digest));
        Assert.All(image.Blobs.Skip(1).Take(2), b => Assert.Equal(PlanBases.Repository, b.MountFrom));
        Assert.Null(image.Blobs[^1].MountFrom);
        Assert.Contains(bed.Heard, l => l.Contains("RUN busybox uname -m > /machine", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_value_of_a_secret_or_an_argument_is_in_no_output(string store)
    {
        await using var bed = new BuildxBed(Of(store));
        bed.Variables["TOKEN"] = "swordfish-1";
        var request = bed.Request("FROM tools:1\nARG PASS\nRUN --mount=type=secret,id=tok busybox cat /run/secrets/tok; echo ,$PASS; exit 3\n") with { Args = new Dictionary<string, string> { ["PASS"] = "opensesame" } };
        request = request with { Engine = request.Engine with { Secrets = ["id=tok,env=TOKEN"] } };
        var failure = await Assert.ThrowsAsync<ViaductException>(() => bed.BuildAsync(request));
        Assert.Equal("VIA2176", failure.Code);
        Assert.Contains("ended with exit code: 3", failure.Message);
        Assert.EndsWith("\n    (secret tok),$PASS", failure.Message);
        Assert.EndsWith("Dockerfile:3", failure.Where);
        Assert.All([.. bed.Heard, failure.Render()], t => Assert.False(t.Contains("swordfish", StringComparison.Ordinal) || t.Contains("opensesame", StringComparison.Ordinal), t));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_base_of_the_plan_from_a_workspace_with_an_at_in_its_name(string store)
    {
        await using var bed = new BuildxBed(Of(store)) { Place = "job@2/spool" };
        Assert.Equal("x86_64\n", await BuildxBed.FileAsync(await bed.BuildAsync(bed.Request(Uname)), "machine"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task ONBUILD_of_a_base_copies_from_the_image_that_the_key_counted(string store)
    {
        // No registry has it: what is not handed over is not found.
        await using var bed = new BuildxBed(Of(store)) { Tools = "ONBUILD COPY --from=registry.invalid/helper:1 /bin/busybox /copied/busybox\n" };
        var image = await bed.BuildAsync(bed.Request("FROM tools:1\nRUN busybox find /copied -type f > /found\n"));
        Assert.Equal("/copied/busybox\n", await BuildxBed.FileAsync(image, "found"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_lines_of_an_argument_and_what_is_quoted_in_it_are_in_no_output(string store)
    {
        await using var bed = new BuildxBed(Of(store));
        var request = bed.Request("FROM tools:1\nARG KEY\nRUN echo \"$KEY\"; exit 3\n") with { Args = new Dictionary<string, string> { ["KEY"] = "-----BEGIN\nsword\"fish\\1\nopensesame" } };
        var failure = await Assert.ThrowsAsync<ViaductException>(() => bed.BuildAsync(request));
        Assert.All([.. bed.Heard, failure.Render()], t => Assert.False(t.Contains("sword", StringComparison.Ordinal) || t.Contains("opensesame", StringComparison.Ordinal), t));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_secret_is_there_for_RUN(string store)
    {
        await using var bed = new BuildxBed(Of(store));
        bed.Variables["TOKEN"] = "swordfish-2";
        var request = bed.Request("FROM tools:1\nRUN --mount=type=secret,id=tok busybox sha256sum < /run/secrets/tok > /sum\n");
        var image = await bed.BuildAsync(request with { Engine = request.Engine with { Secrets = ["id=tok,env=TOKEN"] } });
        Assert.StartsWith(Digest.Sha256("swordfish-2"u8).Hex, await BuildxBed.FileAsync(image, "sum"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_Dockerfile_that_the_context_leaves_out_is_not_copied(string store)
    {
        await using var bed = new BuildxBed(Of(store));
        bed.With(".dockerignore", "Dockerfile\n.dockerignore\nb*\n").With("a.txt", "a").With("b.txt", "b").With("sub/.viaduct/x", "x");
        var image = await bed.BuildAsync(bed.Request("FROM tools:1\nCOPY . /in/\nRUN busybox find /in -type f > /found\n"));
        Assert.Equal("/in/a.txt\n", await BuildxBed.FileAsync(image, "found"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task COPY_gives_the_same_digest_whatever_the_files_times_and_modes_are(string store)
    {
        await using var bed = new BuildxBed(Of(store));
        var request = bed.With("a.txt", "a").Request($"FROM tools:1\n# {Guid.NewGuid()}\nCOPY a.txt /\n");
        var first = await bed.BuildAsync(request);
        File.SetLastWriteTimeUtc(Path.Combine(request.Context, "a.txt"), DateTime.UnixEpoch.AddDays(1000));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(request.Context, "a.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(first.Manifest.Digest, (await bed.BuildAsync(request)).Manifest.Digest);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Layers_that_are_made_are_packed_with_zstd_even_when_they_were_made_before(string store)
    {
        await using var bed = new BuildxBed(Of(store));
        var request = bed.Request(Uname);
        await bed.BuildAsync(request);
        var image = await bed.BuildAsync(request with { Form = new ImageForm(Compressor.Zstd) });
        Assert.Equal(MediaTypes.OciLayerZstd, image.Blobs[^1].Descriptor.MediaType);
        Assert.Equal("x86_64\n", await BuildxBed.FileAsync(image, "machine"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Docker_media_types(string store)
    {
        await using var bed = new BuildxBed(Of(store));
        var image = await bed.BuildAsync(bed.Request(Uname) with { Form = new ImageForm(Compressor.Gzip, ManifestKind.Docker) });
        Assert.Equal(MediaTypes.DockerManifest, image.Manifest.MediaType);
        Assert.Equal([MediaTypes.DockerConfig, MediaTypes.DockerLayerGzip, MediaTypes.DockerLayerGzip, MediaTypes.DockerLayerGzip], image.Manifest.AsImage().Blobs.Select(b => b.MediaType));
    }

    [Fact]
    public async Task Provenance_is_an_attestation_of_the_image()
    {
        await using var bed = new BuildxBed(Engine.Store);
        var request = bed.Request(Uname);
        var image = await bed.BuildAsync(request with { Engine = request.Engine with { Provenance = "max" } });
        var attestation = Assert.Single(image.Attestations);
        Assert.True(AttestationEntry.IsOf(attestation.Entry, image.Manifest.Digest));
        Assert.Equal("unknown/unknown", attestation.Entry.Platform!.ToString());
        var statement = attestation.Blobs[^1];
        Assert.Equal("application/vnd.in-toto+json", statement.Descriptor.MediaType);
        await using var content = await statement.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Contains("slsa.dev/provenance", await new StreamReader(content).ReadToEndAsync());
    }

    [Fact]
    public async Task Cache_is_exported_and_used()
    {
        await using var bed = new BuildxBed(Engine.Store);
        var cache = Path.Combine(bed.Folder, "cache");
        var request = bed.Request("FROM tools:1\nRUN busybox date +%N > /now\n");
        var first = await bed.BuildAsync(request with { Engine = request.Engine with { CacheTo = [$"type=local,dest={cache},mode=max"] } });
        Assert.True(File.Exists(Path.Combine(cache, "index.json")));
        var again = await bed.BuildAsync(request with { Engine = request.Engine with { CacheFrom = [$"type=local,src={cache}"] } });
        Assert.Equal(first.Manifest.Digest, again.Manifest.Digest);
    }

    [Fact]
    public async Task One_base_for_two_platforms_at_once()
    {
        await using var bed = new BuildxBed(Engine.Store);
        var image = await bed.BuildAsync(bed.Request(
            "FROM --platform=linux/arm64 tools:1 AS a\nRUN busybox uname -m > /machine\nFROM tools:1\nCOPY --from=a /machine /other\nRUN busybox uname -m > /machine\n"));
        Assert.Equal(("aarch64\n", "x86_64\n"), (await BuildxBed.FileAsync(image, "other"), await BuildxBed.FileAsync(image, "machine")));
    }

    [Fact]
    public async Task With_a_graph_the_engine_keeps_nothing_of_it()
    {
        await using var bed = new BuildxBed(Engine.Graph);
        var before = await NamesAsync();
        await bed.BuildAsync(bed.Request(Uname));
        Assert.Empty((await NamesAsync()).Except(before));

        static async Task<IEnumerable<string>> NamesAsync() =>
            (await Engine.Graph.RunAsync("image", "ls", "--format", "{{.Repository}}:{{.Tag}}")).MustSucceed().Text.Split('\n').Where(n => n.StartsWith("127.0.0.1:0/viaduct/", StringComparison.Ordinal));
    }

    private static Engine Of(string store) => store == "store" ? Engine.Store : Engine.Graph;
}
