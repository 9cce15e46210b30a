using System.Formats.Tar;
using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

/// <summary>What <c>docker buildx build</c> is given.</summary>
public sealed class Asking_buildx_to_build
{
    private const string Run = "FROM scratch\nCOPY . /\nRUN make\n";

    [Fact]
    public async Task Its_words_say_all_that_the_image_says()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var request = workspace.File("a.txt", "a").Request(Run, target: null) with
        {
            Labels = new Dictionary<string, string> { ["b"] = "2", ["a"] = "x y" },
            Engine = new EngineOptions { CacheFrom = ["example/cache"], CacheTo = ["type=inline"], Ssh = ["default"], Network = "none" },
        };
        await (await docker.GivesAsync(request)).BuildAsync(request, TestContext.Current.CancellationToken);
        var key = await docker.Builder().KeyAsync(request, TestContext.Current.CancellationToken);
        var words = docker.Arguments;
        Assert.Equal(["buildx", "build", "--builder=default", "--platform=linux/amd64"], words.Take(4));
        Assert.Matches($"^--output=type=oci,dest={docker.Temporary}/buildx-[^,/]+/image.tar,rewrite-timestamp=true,annotation.dev.viaduct.input-key={key},compression=gzip,oci-mediatypes=true$", words[4]);
        Assert.Equal(
            ["--progress=rawjson", "--network=none", "--build-arg=SOURCE_DATE_EPOCH", "--label=a=x y", "--label=b=2",
             "--cache-from=example/cache", "--cache-to=type=inline", "--ssh=default", "--provenance=false"], words.Skip(5).Take(9));
        Assert.StartsWith("--metadata-file=", words[14]);
        Assert.Equal(["--file=Dockerfile", "-"], words.Skip(15));
    }

    [Fact]
    public async Task Values_of_arguments_stand_in_variables_and_not_in_words()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        workspace.Args["TOKEN"] = "hush-hush";
        var request = workspace.Request(Run, epoch: 77);
        await (await docker.GivesAsync(request)).BuildAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains("--build-arg=TOKEN", docker.Arguments);
        Assert.DoesNotContain(docker.Arguments, a => a.Contains("hush", StringComparison.Ordinal));
        var environment = File.ReadAllLines(docker.At("environment"));
        Assert.Contains("TOKEN=hush-hush", environment);
        Assert.Contains("SOURCE_DATE_EPOCH=77", environment);
    }

    [Theory]
    [InlineData("TOKEN", true)]
    [InlineData("Version_2", true)]
    [InlineData("PATH", false)]
    [InlineData("http_proxy", false)]
    [InlineData("DOCKER_HOST", false)]
    [InlineData("BUILDKIT_SYNTAX", false)]
    [InlineData("GITHUB_TOKEN", true)]
    [InlineData("GITLAB_TOKEN", true)]
    [InlineData("GIT_TOKEN", true)]
    [InlineData("GIT_SSH_COMMAND", false)]
    [InlineData("GOOGLE_API_KEY", true)]
    [InlineData("GODEBUG", false)]
    [InlineData("SSH_PRIVATE_KEY", true)]
    [InlineData("SSH_AUTH_SOCK", false)]
    [InlineData("DOCKER_PASSWORD", true)]
    [InlineData("TEMPLATE", true)]
    [InlineData("AWS_REGION", false)]
    [InlineData("a-b", false)]
    [InlineData("2X", false)]
    public void What_docker_reads_itself_is_no_variable(string name, bool variable)
    {
        using var workspace = new Workspace();
        workspace.Args[name] = "value";
        var arguments = new BuildxArguments(
            workspace.Request(Run), new BuildxProgram(["docker", "buildx"], new Version(0, 13)), new BuildxInstance("b", "docker", "", []), "type=oci", new Dictionary<string, string>());
        Assert.Contains(variable ? $"--build-arg={name}" : $"--build-arg={name}=value", arguments.Words);
        Assert.Equal(variable, arguments.Variables.ContainsKey(name));
    }

    [Fact]
    public async Task The_context_has_the_same_modes_and_times_everywhere_and_nothing_of_Viaduct()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        workspace.File("run.sh", "x", executable: true).File("sub/a.txt", "aa").File("ignored", "").File(".dockerignore", "ignored").File(".viaduct/key", "").Link("link", "sub/a.txt");
        File.SetUnixFileMode(Path.Combine(workspace.Root, "sub/a.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var request = workspace.Request(Run, epoch: 99);
        await (await docker.GivesAsync(request)).BuildAsync(request, TestContext.Current.CancellationToken);
        var entries = new List<string>();
        await using (var tar = new TarReader(File.OpenRead(docker.At("context.tar"))))
            while (await tar.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
            {
                entries.Add($"{Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.Name}");
                Assert.Equal(99, entry.ModificationTime.ToUnixTimeSeconds());
            }
        Assert.Equal(["644 0:0 .dockerignore", "644 0:0 Dockerfile", "777 0:0 link", "755 0:0 run.sh", "755 0:0 sub/", "644 0:0 sub/a.txt"], entries);
    }

    [Theory]
    [InlineData(".dockerignore", "Dockerfile\n")]
    [InlineData("Dockerfile.dockerignore", "Dockerfile*\n")]
    public async Task A_Dockerfile_that_is_left_out_of_the_context_goes_beside_it(string ignore, string patterns)
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var request = workspace.File("a.txt", "a").File(ignore, patterns).Request(Run);
        await (await docker.GivesAsync(request, extra: "eval last=\\${$#}; ls -A $last > $here/listing; ls $last/.. >> $here/listing")).BuildAsync(request, TestContext.Current.CancellationToken);
        var listing = File.ReadAllText(docker.At("listing"));
        Assert.DoesNotContain("Dockerfile\n", listing[..listing.IndexOf("Dockerfile.dockerignore\n", StringComparison.Ordinal)].Split("a.txt\n")[0]);
        Assert.Contains("a.txt\n", listing);
        Assert.Matches("^--file=/.*/Dockerfile$", docker.Arguments[^2]);
        Assert.StartsWith(docker.Temporary, docker.Arguments[^1]);
    }

    [Fact]
    public async Task What_is_prepared_for_other_platforms_is_not_sent()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        workspace.File("bin/amd64/app", "1").File("bin/arm64/app", "2");
        var request = workspace.Request(Run) with { Prepared = new PreparedOutputs(Digest.Sha256("x"u8), ["bin/amd64"]) { Others = ["bin/arm64"] } };
        await (await docker.GivesAsync(request)).BuildAsync(request, TestContext.Current.CancellationToken);
        await using var tar = new TarReader(File.OpenRead(docker.At("context.tar")));
        var names = new List<string>();
        while (await tar.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry) names.Add(entry.Name);
        Assert.Equal(["Dockerfile", "bin/", "bin/amd64/", "bin/amd64/app"], names);
    }

    [Fact]
    public async Task A_foreign_base_is_the_digest_that_the_key_counted()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var built = await workspace.File("a", "a").BuildAsync("FROM scratch\nCOPY a /\n");
        workspace.Bases.Add("alpine:3.20", built);
        var request = workspace.Request("FROM alpine:3.20\nRUN make\n");
        await (await docker.GivesAsync(request)).BuildAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains($"--build-context=alpine:3.20=docker-image://registry.example/alpine@{built.Manifest.Digest}", docker.Arguments);
    }

    [Fact]
    public async Task What_ONBUILD_of_a_base_copies_from_is_the_digest_that_the_key_counted()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var tools = await workspace.File("a", "a").BuildAsync("FROM scratch\nCOPY a /\n");
        var mounted = await workspace.File("b", "b").BuildAsync("FROM scratch\nCOPY b /\n");
        workspace.Bases.Add("alpine:3.20", tools).Add("debian:13", mounted);
        workspace.Bases.Add("onbuild:1", await workspace.BuildAsync(
            "FROM scratch\nONBUILD COPY --from=alpine:3.20 /a /\nONBUILD COPY --from=own /x /\nONBUILD COPY --from=0 /x /\nONBUILD RUN --mount=from=debian:13,target=/m true\n"));
        var request = workspace.Request("FROM scratch AS own\nCOPY a /x\nFROM onbuild:1\nRUN make\n");
        await (await docker.GivesAsync(request)).BuildAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains($"--build-context=alpine:3.20=docker-image://registry.example/alpine@{tools.Manifest.Digest}", docker.Arguments);
        Assert.Contains($"--build-context=debian:13=docker-image://registry.example/debian@{mounted.Manifest.Digest}", docker.Arguments);
        Assert.DoesNotContain(docker.Arguments, a => a.StartsWith("--build-context=own", StringComparison.Ordinal) || a.StartsWith("--build-context=0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bases_of_the_machine_that_builds_are_those_of_the_builders_machine()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        docker.Write("inspect", FakeDocker.Inspect.Replace("linux/amd64, linux/amd64/v2, linux/arm64*, linux/arm/v7", "linux/s390x, linux/amd64", StringComparison.Ordinal));
        var built = await workspace.File("a", "a").BuildAsync("FROM scratch\nCOPY a /\n", "linux/s390x");
        workspace.Bases.Add("golang:1", built);
        var request = workspace.Request("FROM --platform=$BUILDPLATFORM golang:1 AS build\nRUN make\nFROM scratch\nCOPY --from=build /x /\n");
        await (await docker.GivesAsync(request)).BuildAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains($"--build-context=golang:1=docker-image://registry.example/golang@{built.Manifest.Digest}", docker.Arguments);
    }

    [Fact]
    public async Task A_layout_is_in_no_folder_with_an_at_in_its_name()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker { Spool = "job@2/spool" };
        var request = workspace.File("a", "a").Request("FROM own\nRUN make\n");
        workspace.Bases.AddOwn("own", await workspace.BuildAsync("FROM scratch\nCOPY a /\n"));
        request = workspace.Request("FROM own\nRUN make\n");
        await (await docker.GivesAsync(request)).BuildAsync(request, TestContext.Current.CancellationToken);
        var place = Assert.Single(docker.Arguments, a => a.StartsWith("--build-context=own=oci-layout://", StringComparison.Ordinal));
        Assert.Single(place, '@');
        Assert.False(Directory.Exists(place[(place.IndexOf("://", StringComparison.Ordinal) + 3)..place.IndexOf('@')]));
    }

    [Fact]
    public async Task Nothing_is_left_in_the_folder_of_temporary_files()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var request = workspace.Request(Run);
        await (await docker.GivesAsync(request, extra: "stat -c %a $(dirname $metadata) > $here/mode")).BuildAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("700\n", File.ReadAllText(docker.At("mode")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(docker.Temporary));
    }
}
