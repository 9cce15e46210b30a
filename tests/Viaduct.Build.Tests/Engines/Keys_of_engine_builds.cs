using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

public sealed class Keys_of_engine_builds : IAsyncDisposable
{
    private const string CrossCompiling = "FROM --platform=$BUILDPLATFORM go AS build\nRUN make\nFROM scratch\nCOPY --from=build /a /a\n";

    private readonly Workspace _workspace = new();

    public Keys_of_engine_builds() => _workspace.File("a", "a").File("sub/b", "b");

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    public static TheoryData<string, Func<BuildRequest, BuildRequest>> Other => new()
    {
        { "argument", r => r with { Args = new Dictionary<string, string> { ["A"] = "b" } } },
        { "label", r => r with { Labels = new Dictionary<string, string> { ["A"] = "b" } } },
        { "target", r => r with { Target = "one" } },
        { "platform", r => r with { Platform = new Platform("linux", "arm64") } },
        { "epoch", r => r with { Epoch = 1 } },
        { "classic", r => r with { Engine = new EngineOptions { Classic = true } } },
        { "network", r => r with { Engine = new EngineOptions { Network = "none" } } },
        { "provenance", r => r with { Engine = new EngineOptions { Provenance = "max" } } },
        { "sbom", r => r with { Engine = new EngineOptions { Sbom = true } } },
        { "secret", r => r with { Engine = new EngineOptions { Secrets = ["id=a,env=A"] } } },
        { "ssh", r => r with { Engine = new EngineOptions { Ssh = ["default"] } } },
        { "compressor", r => r with { Form = new ImageForm(Compressor.Zstd) } },
        { "kind", r => r with { Form = new ImageForm(Kind: ManifestKind.Docker) } },
        { "prepared", r => r with { Prepared = new PreparedOutputs(Digest.Sha256([1]), ["nothing"]) } },
    };

    [Theory]
    [MemberData(nameof(Other))]
    public async Task Whatever_may_decide_the_bytes_counts(string what, Func<BuildRequest, BuildRequest> change)
    {
        var request = _workspace.Request("FROM scratch AS one\nRUN [\"/a\"]\nFROM one\n");
        Assert.True(await KeyAsync(request) != await KeyAsync(change(request)), what);
    }

    [Fact]
    public async Task Who_builds_and_with_which_cache_does_not()
    {
        var request = _workspace.Request("FROM scratch\nRUN [\"/a\"]\n");
        var key = await KeyAsync(request);
        Assert.Equal(key, await KeyAsync(request with { Builder = BuilderName.Docker, RunsOn = BuilderName.Buildx, Threads = 7, Name = "other" }));
        Assert.Equal(key, await KeyAsync(request with { Engine = new EngineOptions { CacheFrom = ["a"], CacheTo = ["type=inline"] } }));
    }

    [Fact]
    public async Task All_of_the_context_counts_but_what_is_ignored_or_cannot_be_sent()
    {
        var request = _workspace.File(".dockerignore", "ignored\n").Request("FROM scratch\nRUN [\"/a\"]\n");
        var key = await KeyAsync(request);
        _workspace.File("ignored/c", "c");
        Assert.Equal(key, await KeyAsync(request));
        using (var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified))
        {
            socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Combine(_workspace.Root, "socket")));
            Assert.Equal(key, await KeyAsync(request));
        }
        _workspace.File("sub/b", "c");
        Assert.NotEqual(key, await KeyAsync(request));
    }

    /// <summary>An arm64 laptop and an amd64 runner ask for the same image of a cross-compiling Dockerfile: neither machine's base is looked at.</summary>
    [Fact]
    public async Task The_machine_that_builds_does_not_count()
    {
        var request = _workspace.Request(CrossCompiling, "linux/s390x");
        await KeyAsync(request with { Bases = new NamedPlatforms("linux/s390x") });
    }

    [Fact]
    public async Task A_base_that_only_the_building_machine_has_counts_as_it_is_there()
    {
        var request = _workspace.Request(CrossCompiling, "linux/s390x");
        await KeyAsync(request with { Bases = new NamedPlatforms("linux/amd64", "linux/arm64") });
        await Assert.ThrowsAsync<ViaductException>(() => KeyAsync(request with { Bases = new NamedPlatforms("linux/riscv64") }));
    }

    [Fact]
    public async Task What_ONBUILD_of_a_base_copies_from_counts()
    {
        var request = _workspace.Request("FROM base\n");
        var key = await KeyAsync(request with { Bases = new NamedPlatforms("linux/amd64") { OnBuild = ["COPY --from=other /a /a"] } });
        Assert.NotEqual(key, await KeyAsync(request with { Bases = new NamedPlatforms("linux/amd64") { OnBuild = ["COPY --from=other /a /a"], Version = "2" } }));
        Assert.NotEqual(key, await KeyAsync(request with { Bases = new NamedPlatforms("linux/amd64") }));
    }

    /// <summary>Images of every name for a few platforms.</summary>
    private sealed class NamedPlatforms(params string[] platforms) : IBaseImages
    {
        public IReadOnlyList<string> OnBuild { get; init; } = [];

        /// <summary>Of the image <c>other</c>.</summary>
        public string Version { get; init; } = "1";

        public Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken) => platforms.Contains(platform.ToString())
            ? Task.FromResult($"{name} {platform} {(name == "other" ? Version : "")}") : throw new ViaductException("VIA5010", $"{name} is not there for {platform}");

        public Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken) => Task.FromResult(OnBuild);

        public Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private static Task<Digest> KeyAsync(BuildRequest request) => new EngineKeys(new ContentHashes()).OfAsync(request, CancellationToken.None);
}
