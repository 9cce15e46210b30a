using System.Net;
using System.Net.Sockets;

namespace Viaduct.Cli.Tests.Manifest;

/// <summary>What docker's command line has with its plugins besides running them.</summary>
public sealed class ManifestPluginTests : IDisposable
{
    private readonly string _name = $"viaduct-test-{Guid.NewGuid():N}";
    private readonly Socket _docker = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Place _place;

    public ManifestPluginTests() => _place = new Place { InvokedAs = "docker-viaduct" }.With("DOCKER_CLI_PLUGIN_SOCKET", "@" + _name);

    public void Dispose()
    {
        _docker.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData("manifest inspect", "viaduct: cancelled\n")]
    [InlineData("inspect", "cancelled\n")]
    public async Task A_verb_ends_when_docker_hangs_up(string verb, string said)
    {
        Listen();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var running = _place.RunAsync([.. $"viaduct {verb} {silent.LocalEndpoint}/app:1".Split(' ')]);
        using var line = await _docker.AcceptAsync();
        using var asked = await silent.AcceptTcpClientAsync();
        Assert.False(running.IsCompleted);
        line.Dispose();
        var outcome = await running.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((130, "", said), (outcome.Exit, outcome.Output, outcome.Error));
    }

    [Fact]
    public async Task A_docker_that_nobody_reaches_changes_nothing() =>
        Assert.Equal(0, (await _place.RunAsync("viaduct", "version")).Exit);

    [Theory]
    [InlineData("__complete viaduct push --fo")]
    [InlineData("__completeNoDesc viaduct manifest")]
    public async Task Words_to_complete_are_none_and_no_failure(string line)
    {
        var outcome = await _place.RunAsync([.. line.Split(' '), ""]);
        Assert.Equal((0, ":4\n", ""), (outcome.Exit, outcome.Output, outcome.Error));
    }

    private void Listen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has names that are no files");
        _docker.Bind(new UnixDomainSocketEndPoint("\0" + _name));
        _docker.Listen();
    }
}
