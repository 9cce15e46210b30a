using Viaduct.Build;
using Viaduct.Build.Engines;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>Images that a Docker engine makes for Viaduct over its plain API: with the containerd store, with overlay2, and of 2022.</summary>
public sealed class Docker_builds
{
    private const string Uname = "FROM tools:1\nRUN busybox uname -m > /machine\n";

    public static TheoryData<string> Engines => ["store", "graph", "old"];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task RUN_runs_for_every_platform_at_once_on_a_base_of_the_plan(string engine)
    {
        await using var bed = await DockerBed.WithoutNamesAsync(engine);
        var machines = new Dictionary<string, string> { ["linux/amd64"] = "x86_64", ["linux/arm64"] = "aarch64", ["linux/s390x"] = "s390x", ["linux/arm/v7"] = "armv7l" };
        var requests = machines.Keys.Select(p => bed.Request(Uname, p)).ToList();
        await bed.Builder.CheckAsync(requests, TestContext.Current.CancellationToken);
        var images = await Task.WhenAll(requests.Select(bed.BuildAsync));
        foreach (var (request, image) in requests.Zip(images))
        {
            // qemu says armv8l or armv7l, as its version likes.
            if (request.Platform.Architecture != "arm") Assert.Equal(machines[request.Platform.ToString()] + "\n", await BuildxBed.FileAsync(image, "machine"));
            Assert.Equal(request.Platform.Architecture, image.Config.Platform.Architecture);
            Assert.Contains("TOOLS=yes", image.Config.Container.Env);
            Assert.Equal((await bed.Builder.KeyAsync(request, TestContext.Current.CancellationToken)).ToString(), image.Manifest.AsImage().Annotations[Annotations.InputKey]);
            // The base's layers are the base's, bit by bit, and need not be sent again.
            var tools = (await bed.ToolsAsync(request.Platform)).Manifest.AsImage();
            Assert.Equal(tools.Layers.Select(l => l.Digest), image.Blobs.Skip(1).Take(2).Select(b => b.Descriptor.Digest));
            Assert.All(image.Blobs.Skip(1).Take(2), b => Assert.Equal(PlanBases.Repository, b.MountFrom));
            Assert.Null(image.Blobs[^1].MountFrom);
            Assert.Equal(MediaTypes.OciLayerGzip, image.Blobs[^1].Descriptor.MediaType);
        }
        Assert.Contains(bed.Heard, h => h.StartsWith("[2/2] RUN busybox uname -m > /machine", StringComparison.Ordinal));
        Assert.DoesNotContain(bed.Heard, h => h.Contains("127.0.0.1:0", StringComparison.Ordinal));
        Assert.Equal(machines.Count, (await bed.NewNamesAsync()).Count(n => n.Contains("/base:", StringComparison.Ordinal)));
        bed.Builder.Dispose();
        Assert.Empty(await bed.NewNamesAsync());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_failing_RUN_is_named_with_its_line_exit_code_and_last_words(string engine)
    {
        await using var bed = await DockerBed.WithoutNamesAsync(engine);
        var request = bed.Request("FROM tools:1 AS one\nRUN true\nFROM one AS two\nENV A=1\nARG WORD\nRUN for i in 1 2 3; do echo line $i; done; \\\n  exit 7\n") with { Args = new Dictionary<string, string> { ["WORD"] = "opensesame" } };
        var failure = await Assert.ThrowsAsync<ViaductException>(() => bed.BuildAsync(request));
        Assert.Equal("VIA2165", failure.Code);
        Assert.EndsWith(".Dockerfile:6:1", failure.Where);
        Assert.Contains(" failed with exit code 7\n    line 1\n    line 2\n    line 3", failure.Message);
        Assert.StartsWith("[two ", failure.Message);
        Assert.DoesNotContain("opensesame", failure.Render() + string.Concat(bed.Heard));
        Assert.DoesNotContain(await bed.NewNamesAsync(), n => n.Contains("/build:", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task All_of_the_context_is_copied_and_nothing_of_Viaducts(string engine)
    {
        await using var bed = new DockerBed(engine);
        bed.With(".dockerignore", "no*\n").With("a.txt", "a").With("no.txt", "n").With("sub/b.txt", "b").With("sub/.viaduct/x", "x");
        var request = bed.Request("FROM tools:1 AS zero\nRUN busybox echo z > /z\nFROM tools:1\nCOPY . /in/\nCOPY --from=0 /z /in/\nADD . /added\nRUN cd / && busybox find in added -type f | busybox sort > /found\nONBUILD COPY --from=0 /z /y\n");
        var image = await bed.BuildAsync(request);
        Assert.Equal("added/.dockerignore\nadded/a.txt\nadded/sub/b.txt\nin/.dockerignore\nin/a.txt\nin/sub/b.txt\nin/z\n", await BuildxBed.FileAsync(image, "found"));
        // It is for the stages of whoever builds upon it.
        Assert.Equal(["COPY --from=0 /z /y"], image.Config.Container.OnBuild);
        // The same with the builder from before BuildKit.
        var classic = await bed.BuildAsync(request with { Engine = request.Engine with { Classic = true } });
        Assert.Equal("added/.dockerignore\nadded/a.txt\nadded/sub/b.txt\nin/.dockerignore\nin/a.txt\nin/sub/b.txt\nin/z\n", await BuildxBed.FileAsync(classic, "found"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task COPY_and_mounts_from_an_image_of_the_plan(string engine)
    {
        await using var bed = new DockerBed(engine);
        bed.With("a.txt", "a");
        var request = bed.Request("ARG TOOLS=tools:1\nFROM $TOOLS\nCOPY --from=tools:1 /bin/busybox /copied/busybox\nRUN --mount=type=bind,from=tools:1,target=/m /copied/busybox ls /m/bin > /listed\n");
        Assert.Equal("busybox\nsh\n", await BuildxBed.FileAsync(await bed.BuildAsync(request), "listed"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_base_in_a_registry_with_a_password_is_pulled_by_the_engine(string engine)
    {
        RealParts.NeedDistribution();
        var registry = await Distribution.StartAsync("user:$2y$05$abcdefghijklmnopqrstuuQbLfdQZSxZ9gjhA5V9o8Tyc6aQRO0Qi");
        var ended = false;
        await using var end = new Ending(async () => { if (!ended) await registry.DisposeAsync(); });
        var credentials = new OneCredential(registry.Address, new Credential("user", "opensesame"));
        await using var bed = new DockerBed(engine, credentials);
        using var client = new RegistryClient(new RegistryOptions { Credentials = credentials });
        var image = await bed.BusyboxAsync(Platform.Parse("linux/arm64"), $"LABEL unique={Guid.NewGuid():N}\n");
        var repository = client.Repository(Reference.Parse($"{registry.Address}/private/tools"), push: true);
        var pushed = await PushedBase.PushAsync(repository, image);
        var built = await bed.BuildAsync(bed.Request(Uname, "linux/arm64", pushed));
        Assert.Equal("aarch64\n", await BuildxBed.FileAsync(built, "machine"));
        Assert.Equal(repository.Name, built.Blobs[1].MountFrom);
        // It stays in the engine by its digest, and is there the next time, without the registry.
        ended = true;
        await registry.DisposeAsync();
        Assert.Equal("aarch64\n", await BuildxBed.FileAsync(await bed.BuildAsync(bed.Request(Uname + "LABEL a=b\n", "linux/arm64", pushed)), "machine"));
    }

    [Fact]
    public async Task What_the_classic_builder_mislabels_is_refused()
    {
        await using var bed = new DockerBed("old");
        bed.With("a.txt", "a");
        var request = bed.Request("FROM scratch\nLABEL a=b\n", "linux/arm64");
        var failure = await Assert.ThrowsAsync<ViaductException>(() => bed.BuildAsync(request with { Engine = request.Engine with { Classic = true } }));
        Assert.Equal("VIA2160", failure.Code);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_big_context_and_labels_arguments_and_other_forms(string engine)
    {
        await using var bed = new DockerBed(engine);
        var noise = new byte[20 << 20];
        new Random(1).NextBytes(noise);
        bed.With("a.txt", "a");
        await File.WriteAllBytesAsync(Path.Combine(bed.Context, "noise"), noise, TestContext.Current.CancellationToken);
        var request = bed.Request("FROM tools:1\nARG WORD\nCOPY noise /\nRUN echo $WORD > /word; busybox wc -c < /noise >> /word\n") with
        {
            Args = new Dictionary<string, string> { ["WORD"] = "a b&c=é" }, Labels = new Dictionary<string, string> { ["l"] = "x \"y\"" },
            Form = new ImageForm(Compressor.Zstd),
        };
        var image = await bed.BuildAsync(request);
        Assert.Equal($"a b&c=é\n{noise.Length}\n", await BuildxBed.FileAsync(image, "word"));
        Assert.Equal("x \"y\"", image.Config.Container.Labels["l"]);
        Assert.Equal(MediaTypes.OciLayerZstd, image.Blobs[^1].Descriptor.MediaType);
        var docker = await bed.BuildAsync(request with { Form = new ImageForm(Compressor.Gzip, ManifestKind.Docker) });
        Assert.Equal(MediaTypes.DockerManifest, docker.Manifest.MediaType);
        Assert.Equal(MediaTypes.DockerLayerGzip, docker.Blobs[^1].Descriptor.MediaType);
    }

    private sealed class Ending(Func<ValueTask> end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => end();
    }
}
