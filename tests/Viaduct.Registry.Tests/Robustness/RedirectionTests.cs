using System.Net;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>Where a registry may send us, and what we take along.</summary>
public sealed class RedirectionTests : IAsyncLifetime
{
    private static readonly byte[] Content = Samples.Bytes(1000);
    private static readonly Blob Blob = Samples.Blob(1000);
    private ScriptedRegistry _decoy = null!;

    public async ValueTask InitializeAsync() => _decoy = await ScriptedRegistry.StartAsync(ServeAsync);

    public ValueTask DisposeAsync() => _decoy.DisposeAsync();

    private static async Task ServeAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null);
        http.Response.StatusCode = http.Request.Method == "PUT" ? 201 : 200;
        if (http.Request.Method == "GET") await http.Response.Body.WriteAsync(Content);
    }

    private static Task OpenAsync(RegistryClient client, ScriptedRegistry registry) => OpenAsync(client.Repository(registry));

    private static async Task OpenAsync(RepositoryClient repository)
    {
        await using var stream = await repository.OpenBlobAsync(Blob.Descriptor, default);
        await stream.CopyToAsync(Stream.Null);
    }

    [Theory]
    [InlineData("itself")]
    [InlineData("ever new addresses")]
    [InlineData("to and fro")]
    public async Task Redirect_loop(string how)
    {
        ScriptedRegistry? self = null, other = null;
        var count = 0;
        Task SendOnAsync(HttpContext http)
        {
            var n = Interlocked.Increment(ref count);
            return http.AnswerAsync(307, null, "", ("Location", how switch { "itself" => http.Request.Path.Value!, "ever new addresses" => $"/v2/{n}", _ => (http.Request.Host.Value == self!.Host ? other! : self!).Url + "/x" }));
        }
        self = await ScriptedRegistry.StartAsync(SendOnAsync);
        other = await ScriptedRegistry.StartAsync(SendOnAsync);
        await using var registry = self;
        await using var second = other;
        using var client = Samples.Client();
        Assert.Equal("VIA3021", (await Assert.ThrowsAnyAsync<ViaductException>(() => OpenAsync(client, registry))).Code);
        Assert.Equal(11, count);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://metadata.google.internal/x")]
    [InlineData("http://10.0.0.1/x")]
    [InlineData("http://[fe80::1]/x")]
    [InlineData("http://user:password@127.0.0.1/x")]
    [InlineData("")]
    public async Task Redirect_to_file_or_a_private_address(string location)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", location)));
        using var client = Samples.Client();
        Assert.Equal("VIA3021", (await Assert.ThrowsAnyAsync<ViaductException>(() => OpenAsync(client, registry))).Code);
        Assert.Single(registry.Seen);
    }

    /// <summary>A name tells nothing: the addresses that it has are looked at.</summary>
    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    public async Task Redirect_to_a_name_with_a_private_address(string address)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", "http://store.example/x")));
        using var client = new RegistryClient(new RegistryOptions
        {
            Clock = new TestClock(), Credentials = NoCredentials.Instance, Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(address) }),
        });
        Assert.Equal("VIA3024", (await Assert.ThrowsAnyAsync<ViaductException>(() => OpenAsync(client, registry))).Code);
    }

    /// <summary>Companies have registries and stores in the network of their own.</summary>
    [Theory]
    [InlineData("10.0.0.5:5000", "https://10.0.0.6/x", true)]
    [InlineData("10.0.0.5:5000", "https://127.0.0.1/x", false)]
    [InlineData("10.0.0.5:5000", "https://169.254.169.254/x", false)]
    [InlineData("registry.example", "https://10.0.0.6/x", false)]
    [InlineData("registry.example", "https://store.example/x", true)]
    [InlineData("registry.example", "http://store.example/x", false)]
    public void Private_address_of_a_registry_that_is_private_itself(string registry, string target, bool allowed)
    {
        var endpoint = RegistryEndpoint.Of(registry, new HashSet<string>());
        Assert.Equal(allowed, TargetGuard.Refuse(endpoint, endpoint.Root, new Uri(target)) is null);
        if (allowed) Assert.Equal(target, RealmGuard.Check(endpoint, target, "").ToString());
        else Assert.Equal("VIA3022", Assert.ThrowsAny<ViaductException>(() => RealmGuard.Check(endpoint, target, "")).Code);
    }

    [Fact]
    public async Task Redirect_out_of_HTTPS()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", _decoy.Url + "/x")), tls: true);
        using var client = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, Insecure = true });
        Assert.Equal("VIA3021", (await Assert.ThrowsAnyAsync<ViaductException>(() => OpenAsync(client, registry))).Code);
        Assert.Single(registry.Seen);
        Assert.Empty(_decoy.Seen);
    }

    /// <summary>Another host, port or scheme is somebody else (distribution-spec: MUST NOT forward).</summary>
    [Theory]
    [InlineData("Basic", "port")]
    [InlineData("Basic", "host")]
    [InlineData("Basic", "scheme")]
    [InlineData("Bearer", "port")]
    [InlineData("Bearer", "host")]
    public async Task Credentials_on_a_cross_host_redirect(string way, string other)
    {
        ScriptedRegistry? self = null;
        await using var store = await ScriptedRegistry.StartAsync(ServeAsync, tls: other == "scheme");
        self = await ScriptedRegistry.StartAsync(http =>
        {
            if (http.Request.Path == "/token") return http.AnswerAsync(200, """{"token":"t"}""");
            if (http.Request.Host.Host == "localhost") return ServeAsync(http);
            if (http.Request.Headers.Authorization.Count == 0)
                return http.AnswerAsync(401, null, "", ("WWW-Authenticate", way == "Basic" ? "Basic realm=\"x\"" : $"Bearer realm=\"{self!.Url}/token\""));
            return http.AnswerAsync(307, null, "", ("Location", (other == "host" ? self!.Url.Replace("127.0.0.1", "localhost") : store.Url) + "/signed"));
        });
        await using var registry = self;
        using var client = new RegistryClient(new RegistryOptions
        {
            Clock = new TestClock(), Credentials = new TestCredentials((registry.Host, new("alice", "pw")), (store.Host, new("alice", "pw"))),
            Insecure = other == "scheme", PlainHttp = new HashSet<string> { registry.Host },
        });
        await OpenAsync(client, registry);
        var witness = other == "host" ? registry.Seen.Last() : Assert.Single(store.Seen);
        Assert.Equal(("/signed", null), (witness.Target, witness.Authorization));
        Assert.Contains(registry.Seen, s => s.Authorization?.StartsWith(way, StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("port", null)]
    [InlineData("http://169.254.169.254/put", "VIA3023")]
    [InlineData("http://10.0.0.1/put", "VIA3023")]
    [InlineData("http://a:b@127.0.0.1/put", "VIA3023")]
    public async Task Upload_Location_on_another_host(string location, string? code)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Headers.Authorization.Count == 0 ? http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\""))
            : http.AnswerAsync(202, null, "", ("Location", location == "port" ? _decoy.Url + "/put?sig=1" : location)));
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, new("alice", "pw")), (_decoy.Host, new("alice", "pw"))));
        var error = await Record.ExceptionAsync(() => client.Repository(registry).PushBlobAsync(Blob, default));
        Assert.Equal(code, (error as ViaductException)?.Code);
        if (code is null) Assert.Null(Assert.Single(_decoy.Seen).Authorization);
    }
}
