using System.Text;
using Docker.DotNet.Models;
using Viaduct.Build.Engines;
using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;
using Viaduct.Registry;
using ImageConfig = Viaduct.Oci.ImageConfig;
using Platform = Viaduct.Oci.Platform;

namespace Viaduct.Build.Tests.Engines;

public sealed class Bases_for_an_engine
{
    private static readonly BuiltImage Image = Make();

    private static BuiltImage Make()
    {
        var config = new ImageConfig(Platform.Parse("linux/amd64"));
        var blob = Blob.FromBytes(MediaTypes.OciConfig, config.ToBytes());
        return new BuiltImage(config.Platform, new ImageManifest(blob.Descriptor, []).ToManifest(), config, [blob]);
    }

    private static NamedBase Base(bool foreign) =>
        new("base", Image.Platform, new BaseImage(Image.Manifest, Image.Config, new FakeBases().Add("base", Image), Reference.Parse("registry.example/base")), foreign);

    private static async Task<DockerConnection> ConnectAsync(ScriptedBuilder engine, bool isPrivate = true)
    {
        var found = await new DockerConnector(_ => null).ConnectAsync(engine.Address, null, TestContext.Current.CancellationToken);
        return new DockerConnection(found.Client, engine.Address, [], new VersionResponse { Os = "linux", Arch = "amd64" }, new SystemInfoResponse()) { IsPrivate = isPrivate };
    }

    /// <summary>It has nothing but what was loaded or pulled.</summary>
    private static void Forget(ScriptedBuilder engine) => engine.Inspect = http => ScriptedBuilder.Text("{\"message\":\"no such image\"}", http.Request.Method == "GET" && engine.Credentials.IsEmpty ? 404 : 201)(http);

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Credentials_go_only_where_nobody_listens(bool isPrivate, bool sent)
    {
        await using var engine = await ScriptedBuilder.StartAsync();
        Forget(engine);
        using var connection = await ConnectAsync(engine, isPrivate);
        await new EngineBases(connection, new Secret(), new TemporaryNames()).GiveAsync(Base(foreign: true), TestContext.Current.CancellationToken);
        var auth = Encoding.UTF8.GetString(Convert.FromBase64String(Assert.Single(engine.Credentials).Replace('-', '+').Replace('_', '/')));
        Assert.Equal(sent, auth.Contains("opensesame", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_may_not_be_pulled_without_credentials_is_loaded()
    {
        await using var engine = await ScriptedBuilder.StartAsync();
        engine.Inspect = http => ScriptedBuilder.Text("{}", engine.Seen.Contains("POST /images/load") ? 200 : 404)(http);
        engine.Pull = ScriptedBuilder.Text("{\"message\":\"denied\"}", 403);
        using var connection = await ConnectAsync(engine, isPrivate: false);
        await new EngineBases(connection, new Secret(), new TemporaryNames()).GiveAsync(Base(foreign: true), TestContext.Current.CancellationToken);
        Assert.Contains("POST /images/load", engine.Seen);
    }

    [Theory]
    [InlineData("unix:///run/docker.sock", true)]
    [InlineData("ssh://host", true)]
    [InlineData("tcp://127.0.0.1:2375", true)]
    [InlineData("tcp://[::1]:2375", true)]
    [InlineData("tcp://LOCALHOST:2375", true)]
    [InlineData("tcp://10.0.0.1:2375", false)]
    [InlineData("tcp://localhost.example:2375", false)]
    public void Plain_TCP_to_another_machine_is_not_private(string address, bool isPrivate)
    {
        var endpoint = new DockerEndpoint(EngineAddress.Parse(address), null, []);
        Assert.Equal(isPrivate, endpoint.IsPrivate);
        Assert.True((endpoint with { Tls = new EngineTls(null, needsCa: false, skipVerify: false) }).IsPrivate);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_name_whose_giving_failed_is_taken_away_too(bool cancelled)
    {
        await using var engine = await ScriptedBuilder.StartAsync();
        using var stop = new CancellationTokenSource();
        // The engine has taken it, and its answer is lost.
        engine.Load = cancelled ? http => { stop.Cancel(); return ScriptedBuilder.Hang(http); } : ScriptedBuilder.Break;
        using var connection = await ConnectAsync(engine);
        var bases = new EngineBases(connection, new Secret(), new TemporaryNames());
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => bases.GiveAsync(Base(foreign: false), stop.Token));
        Assert.True(cancelled ? failure is OperationCanceledException : failure is ViaductException { Code: "VIA2167" });
        await bases.RemoveNamesAsync(TestContext.Current.CancellationToken);
        Assert.Single(engine.Seen, s => s.StartsWith("DELETE /images/127.0.0.1:0/viaduct/", StringComparison.Ordinal) && s.Contains("/base:", StringComparison.Ordinal));
    }

    private sealed class Secret : ICredentialSource
    {
        public ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => ValueTask.FromResult<Credential?>(new Credential("user", "opensesame"));
    }
}
