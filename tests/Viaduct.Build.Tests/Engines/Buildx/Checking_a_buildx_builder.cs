using Viaduct.Build.Engines;
using Viaduct.Build.Tests.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

public sealed class Checking_a_buildx_builder
{
    private const string Run = "FROM scratch\nRUN make\n";

    [Fact]
    public async Task Without_docker_and_buildx_it_says_what_to_install()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        File.Delete(docker.At("docker"));
        Assert.Equal("VIA2170", (await docker.CheckFailureAsync(workspace.Request(Run))).Code);
    }

    [Theory]
    [InlineData("docker: 'buildx' is not a docker command.\n")]
    [InlineData("github.com/docker/buildx v0.9.1 abc\n")]
    public async Task Without_a_buildx_of_today_it_says_so(string version)
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        Assert.Equal("VIA2171", (await docker.Write("version", version).CheckFailureAsync(workspace.Request(Run))).Code);
    }

    [Theory]
    [InlineData("buildx:distatn", "Did you mean buildx:distant?")]
    [InlineData("buildx:nothing-like-it", "default, distant")]
    public async Task A_builder_that_is_not_there(string name, string hint)
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var failure = await docker.Write("silent", "ERROR: no builder \"x\" found\n").CheckFailureAsync(workspace.Request(Run), name);
        Assert.Equal("VIA2172", failure.Code);
        Assert.Contains(hint, failure.Todo);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var failure = await docker.Write("silent", "ERROR: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?\n").CheckFailureAsync(workspace.Request(Run));
        Assert.Equal(("VIA2173", ExitCode.Unreachable), (failure.Code, failure.Exit));
    }

    [Fact]
    public async Task An_engine_with_a_store_of_its_own_has_no_attestations_and_no_cache_export()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        docker.Engine.Info = """{"DriverStatus":[["Backing Filesystem","extfs"]]}""";
        var request = workspace.Request(Run);
        Assert.Equal("VIA2174", (await docker.CheckFailureAsync(request with { Engine = new EngineOptions { Provenance = "max" } })).Code);
        Assert.Equal("VIA2174", (await docker.CheckFailureAsync(request with { Engine = new EngineOptions { CacheTo = ["type=local,dest=x"] } })).Code);
        await docker.Builder().CheckAsync([request with { Engine = new EngineOptions { CacheTo = ["type=inline"] } }], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_engine_is_that_of_the_builder_and_not_the_current_one()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        await using var elsewhere = new ScriptedDaemon { Info = """{"DriverStatus":[["Backing Filesystem","extfs"]]}""" };
        using var client = new ClientFolder();
        client.Context("elsewhere", elsewhere.Address);
        (docker.Variables["HOME"], docker.Variables["DOCKER_CONFIG"]) = (client.Home, client.At(".docker"));
        docker.Write("inspect", FakeDocker.Inspect.Replace("Endpoint:         default", "Endpoint:         elsewhere"));
        var request = workspace.Request(Run) with { Engine = new EngineOptions { CacheTo = ["type=local,dest=x"] } };
        Assert.Contains("without the containerd image store", (await docker.CheckFailureAsync(request)).Message);
        client.Context("elsewhere", "unix:///nowhere/engine.sock");
        Assert.Equal("VIA2173", (await docker.CheckFailureAsync(request)).Code);
        docker.Write("inspect", FakeDocker.Inspect);
        await docker.Builder().CheckAsync([request], TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("linux/amd64/v3", Run, null)]
    [InlineData("linux/arm64", Run, null)]
    [InlineData("linux/386", Run, null)]
    [InlineData("linux/s390x", Run, "Dockerfile:2:1")]
    [InlineData("linux/s390x", "FROM scratch AS a\nFROM a\nRUN make\n", "Dockerfile:3:1")]
    [InlineData("linux/s390x", "FROM --platform=$BUILDPLATFORM scratch AS a\nRUN make\nFROM scratch\nCOPY --from=a x /\n", null)]
    [InlineData("linux/s390x", "FROM --platform=linux/arm64 scratch AS a\nFROM a AS b\nRUN make\nFROM scratch\nCOPY --from=b x /\n", null)]
    [InlineData("linux/s390x", "FROM scratch AS unneeded\nRUN make\nFROM scratch\nCOPY x /\n", null)]
    public async Task RUN_needs_a_platform_of_the_builder(string platform, string dockerfile, string? where)
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var request = workspace.Request(dockerfile, platform);
        if (where is null) await docker.Builder().CheckAsync([request], TestContext.Current.CancellationToken);
        else
        {
            var failure = await docker.CheckFailureAsync(request);
            Assert.Equal("VIA2175", failure.Code);
            Assert.EndsWith(where, failure.Where);
        }
    }

    [Theory]
    [InlineData("id=tok,env=SET", null)]
    [InlineData("id=tok,env=UNSET", "the variable UNSET is not set")]
    [InlineData("id=SET", null)]
    [InlineData("id=UNSET", "neither the variable nor the file UNSET is there")]
    [InlineData("id=tok,src=/nonexistent/file", "there is no file /nonexistent/file")]
    [InlineData("type=env,id=tok,src=UNSET", "the variable UNSET is not set")]
    public async Task A_secret_has_to_be_there(string secret, string? why)
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        docker.Variables["SET"] = "x";
        var request = workspace.Request(Run) with { Engine = new EngineOptions { Secrets = [secret] } };
        if (why is null) await docker.Builder().CheckAsync([request], TestContext.Current.CancellationToken);
        else Assert.Contains(why, (await docker.CheckFailureAsync(request)).Message);
    }

    [Fact]
    public void Inspected_is_the_builder_with_the_platforms_of_all_nodes()
    {
        var (instance, error) = InspectOutput.Read("Name: two\nDriver: docker-container\n\nNodes:\nName: two0\nEndpoint: unix:///a\nError: cannot connect\nStatus: stopped\n\nName: two1\nEndpoint: ssh://b\nStatus: running\nPlatforms: linux/s390x*\n");
        Assert.Equal(("two", "docker-container", "unix:///a", null), (instance.Name, instance.Driver, instance.Endpoint, error));
        Assert.Equal([Platform.Parse("linux/s390x")], instance.Platforms);
    }

    [Theory]
    [InlineData("linux/amd64, linux/amd64/v2, linux/arm64, linux/386", "linux/amd64")]
    [InlineData("linux/arm64*, linux/arm/v7, linux/arm/v6, linux/amd64", "linux/arm64")]
    [InlineData("linux/arm64*, linux/amd64*, linux/amd64/v2, linux/386", "linux/amd64")]
    [InlineData("linux/riscv64*, linux/amd64", "linux/riscv64")]
    [InlineData("linux/arm/v7, linux/arm/v6", "linux/arm/v7")]
    [InlineData("linux/arm64*", "linux/arm64")]
    public void A_node_is_a_machine_of_its_own_platform(string platforms, string machine)
    {
        var (instance, _) = InspectOutput.Read($"Name: one\nDriver: remote\n\nNodes:\nName: one0\nStatus: running\nPlatforms: {platforms}\n");
        Assert.Equal(Platform.Parse(machine), instance.MachineFor(Platform.Parse("linux/s390x")));
    }

    [Theory]
    [InlineData("linux/arm64", "linux/arm64")]
    [InlineData("linux/arm/v7", "linux/arm64")]
    [InlineData("linux/amd64/v3", "linux/amd64")]
    [InlineData("linux/s390x", "linux/amd64")]
    public void Of_several_nodes_that_one_builds_which_has_the_platform(string platform, string machine)
    {
        var (instance, _) = InspectOutput.Read("Name: two\nDriver: docker-container\n\nNodes:\nName: a\nStatus: running\nPlatforms: linux/amd64, linux/amd64/v2\n\nName: b\nStatus: running\nPlatforms: linux/arm64, linux/arm/v7\n");
        Assert.Equal(Platform.Parse(machine), instance.MachineFor(Platform.Parse(platform)));
    }

    [Fact]
    public async Task RUN_of_a_bases_ONBUILD_needs_a_platform_of_the_builder()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        workspace.Bases.Add("plain", await workspace.BuildAsync("FROM scratch\nONBUILD RUN make\n", "linux/s390x"));
        var failure = await docker.CheckFailureAsync(workspace.Request("# one\nFROM plain\n", "linux/s390x"));
        Assert.Equal("VIA2175", failure.Code);
        Assert.EndsWith("Dockerfile:2:1", failure.Where);
    }

    [Theory]
    [InlineData("id=t,env=TOKEN", "TOKEN", true)]
    [InlineData("id=TOKEN", "TOKEN", true)]
    [InlineData("type=env,id=t,src=TOKEN", "TOKEN", true)]
    [InlineData("id=t,env=SOURCE_DATE_EPOCH", "OTHER", true)]
    [InlineData("id=TOKEN,env=OTHER", "TOKEN", false)]
    [InlineData("id=t,env=OTHER", "AWS_SECRET_ACCESS_KEY", true)]
    [InlineData("id=t,env=OTHER", "ACTIONS_RUNTIME_TOKEN", true)]
    [InlineData("id=t,env=OTHER", "DOCKER_AUTH_CONFIG", true)]
    [InlineData("id=t,env=OTHER", "AWS_REGION", false)]
    public async Task An_argument_has_no_name_of_a_secrets_variable_or_of_a_credential_of_buildx(string secret, string argument, bool refused)
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        foreach (var name in (string[])["TOKEN", "SOURCE_DATE_EPOCH", "OTHER"]) docker.Variables[name] = "hush-hush";
        workspace.Args[argument] = "value";
        var request = workspace.Request(Run) with { Engine = new EngineOptions { Secrets = [secret] } };
        if (!refused)
        {
            await docker.Builder().CheckAsync([request], TestContext.Current.CancellationToken);
            return;
        }
        Assert.Equal("VIA2179", (await docker.CheckFailureAsync(request)).Code);
        Assert.Equal("VIA2179", (await docker.FailureAsync(request)).Code);
        Assert.False(File.Exists(docker.At("arguments")));
    }

    [Fact]
    public void Inspected_is_what_is_wrong_when_no_node_runs()
    {
        var (_, error) = InspectOutput.Read("Name: one\nDriver: remote\n\nNodes:\nName: one0\nEndpoint: tcp://a:1\nError: connection refused\n");
        Assert.Equal("connection refused", error);
    }
}
