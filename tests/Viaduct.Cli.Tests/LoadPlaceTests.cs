namespace Viaduct.Cli.Tests;

/// <summary>Where the engine is, and how that is said.</summary>
public sealed class LoadPlaceTests : LoadBed
{
    [Fact]
    public async Task Podman_is_spoken_to_when_docker_is_not_there()
    {
        Engine.Version = """{"Version":"5.4.0","Os":"linux","Arch":"amd64","Components":[{"Name":"Podman Engine","Version":"5.4.0"}]}""";
        Place.With("DOCKER_HOST", "unix:///nowhere/docker.sock").With("CONTAINER_HOST", Engine.Address);
        var outcome = await Place.RunAsync("load", Name);
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith($"podman 5.4.0 at {Engine.Address} has ", outcome.Output);
        Assert.EndsWith($"\npodman run --rm {Name}\n", outcome.Output);
    }

    [Fact]
    public async Task An_address_on_the_command_line_stands_in_the_command_that_runs_it()
    {
        Place.With("DOCKER_HOST", "unix:///nowhere/docker.sock");
        var outcome = await Place.RunAsync("load", Name, "--into", "docker", "--address", Engine.Socket, "--as", "hello:1");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.EndsWith($"\ndocker --host {Engine.Address} run --rm hello:1\n", outcome.Output);
    }

    [Fact]
    public async Task An_engine_may_be_at_a_port()
    {
        var outcome = await Place.With("DOCKER_HOST", Engine.TcpAddress).RunAsync("load", Name);
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith($"docker 28.5.2 at {Engine.TcpAddress} has {Name}: linux/amd64, ", outcome.Output);
        var tls = await Place.With("DOCKER_TLS_VERIFY", "1").RunAsync("load", Name);
        Assert.StartsWith("error VIA2193: /nowhere/ca.pem", tls.Error);
    }

    [Theory]
    [InlineData("docker run --rm hello:1", "DOCKER_CONTEXT", "there")]
    [InlineData("docker --context there run --rm hello:1", "DOCKER_CONTEXT", "elsewhere", "--context", "there")]
    [InlineData("docker --context there run --rm hello:1", "DOCKER_HOST", "unix:///nowhere/docker.sock", "--into", "docker", "--context", "there")]
    public async Task A_context_of_dockers_says_where_the_engine_is(string command, string variable, string value, params string[] words)
    {
        Place.With("DOCKER_CONFIG", Place.PathOf("client")).With("DOCKER_HOST", "").With(variable, value)
            .File($"client/contexts/meta/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("there"u8))}/meta.json",
                $$$"""{"Name":"there","Endpoints":{"docker":{"Host":"{{{Engine.Address}}}"} } }""");
        var outcome = await Place.RunAsync(["load", Name, "--as", "hello:1", .. words]);
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Equal(command, outcome.Output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task A_context_that_is_not_there_is_wrong_usage()
    {
        var outcome = await Place.RunAsync("load", Name, "--context", "gone");
        Assert.Equal(2, outcome.Exit);
        Assert.Contains("docker has no context 'gone'", outcome.Error);
        Assert.Empty(Engine.Seen);
    }

    [Fact]
    public async Task What_ssh_says_is_told()
    {
        Place.File("bin/ssh", "#!/bin/sh\necho 'Permission denied (publickey).' >&2\nexit 255\n").With("PATH", Place.PathOf("bin"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Place.PathOf("bin/ssh"), (UnixFileMode)0b111_101_101);
        var outcome = await Place.RunAsync("load", Name, "--into", "docker", "--address", "ssh://machine");
        Assert.Equal(1, outcome.Exit);
        Assert.StartsWith("error VIA2190: no engine was found: docker at ssh://machine: ssh ended with 255: Permission denied (publickey).\n", outcome.Error);
    }

    [Theory]
    [InlineData("--into", "docker", "--address", "unix:///x", "--context", "one")]
    [InlineData("--into", "podman", "--context", "one")]
    public async Task Two_places_at_once_are_wrong_usage(params string[] words)
    {
        var outcome = await Place.RunAsync(["load", Name, .. words]);
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith("error VIA9001", outcome.Error);
    }

    [Fact]
    public async Task Nothing_is_found_and_all_that_was_looked_at_is_named()
    {
        Place.With("DOCKER_HOST", "unix:///nowhere/docker.sock");
        var outcome = await Place.RunAsync("load", Name);
        Assert.Equal((1, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith("error VIA2190: no engine was found: docker at unix:///nowhere/docker.sock: there is no such socket; podman at unix:///nowhere/podman.sock: there is no such socket; containerd at /nowhere/containerd.sock: there is no such socket\n", outcome.Error);
    }

    [Theory]
    [InlineData("fd://3")]
    [InlineData("docker.sock")]
    [InlineData("ssh://-oProxyCommand=id")]
    public async Task An_address_that_is_not_spoken_is_wrong_usage(string address)
    {
        var outcome = await Place.With("DOCKER_HOST", address).RunAsync("load", Name);
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith($"error VIA2191: {address}", outcome.Error);
    }
}
