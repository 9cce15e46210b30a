using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class DialerTests
{
    private static readonly Blob Blob = Samples.Blob(1000);

    /// <summary>A client that reaches a registry by name, and knows no other names than these.</summary>
    private static RegistryClient Client(ScriptedRegistry registry, params (string Host, string Addresses)[] names) =>
        new(new RegistryOptions
        {
            Clock = new TestClock(),
            Credentials = NoCredentials.Instance,
            PlainHttp = new HashSet<string> { Named(registry) },
            Resolve = (host, _) => names.FirstOrDefault(n => n.Host == host).Addresses is { } found
                ? Task.FromResult(found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse).ToArray())
                : throw new SocketException((int)SocketError.HostNotFound),
        });

    private static string Named(ScriptedRegistry registry) => "registry.example:" + new Uri(registry.Url).Port;

    private static string Store(ScriptedRegistry store) => $"http://store.example:{new Uri(store.Url).Port}/x";

    private static async Task ServeAsync(HttpContext http)
    {
        await using var bytes = await Blob.OpenAsync(default);
        await bytes.CopyToAsync(http.Response.Body);
    }

    [Theory]
    [InlineData("127.0.0.1", null)]
    [InlineData("::ffff:127.0.0.1", null)]
    [InlineData("169.254.169.254 127.0.0.1", null)]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("169.254.169.254", "169.254.169.254")]
    [InlineData("fd00:ec2::254", "fd00:ec2::254")]
    public async Task A_redirect_to_a_name_goes_to_those_of_its_addresses_that_may_be_asked(string addresses, string? refused)
    {
        await using var store = await ScriptedRegistry.StartAsync(ServeAsync);
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", Store(store))));
        using var client = Client(registry, ("registry.example", "127.0.0.1"), ("store.example", addresses));
        var opening = client.Repository(Reference.Parse(Named(registry) + "/a/b")).OpenBlobAsync(Blob.Descriptor, default);
        if (refused is null)
        {
            await using var stream = await opening;
            await stream.CopyToAsync(Stream.Null);
            Assert.Single(store.Seen);
            return;
        }
        var e = await Assert.ThrowsAsync<ViaductException>(() => opening);
        Assert.Equal(("VIA3024", ExitCode.Failed), (e.Code, e.Exit));
        Assert.StartsWith($"{Named(registry)} points to {new Uri(Store(store)).Authority}, which is {refused} and is refused: ", e.Message);
        Assert.Equal("GET " + Store(store)[7..], e.Where);
        Assert.Single(registry.Seen);
        Assert.Empty(store.Seen);
    }

    [Fact]
    public async Task A_token_service_by_name_in_another_network_gets_no_credentials()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Bearer realm=\"http://store.example/token\"")));
        using var client = Client(registry, ("registry.example", "127.0.0.1"), ("store.example", "192.168.1.1"));
        var e = await Assert.ThrowsAsync<ViaductException>(() => client.Repository(Reference.Parse(Named(registry) + "/a/b")).FindManifestAsync("v1", default));
        Assert.Equal("VIA3024", e.Code);
    }

    [Fact]
    public async Task An_upload_location_by_name_in_another_network_gets_no_bytes()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.AnswerAsync(202, null, "", ("Location", "http://store.example/put?signature=s")));
        using var client = Client(registry, ("registry.example", "127.0.0.1"), ("store.example", "192.168.1.1"));
        var e = await Assert.ThrowsAsync<ViaductException>(() => client.Repository(Reference.Parse(Named(registry) + "/a/b")).PushBlobAsync(Blob, default));
        Assert.Equal("VIA3024", e.Code);
        Assert.DoesNotContain("signature", e.Render());
        Assert.Equal("POST", Assert.Single(registry.Seen).Method);
    }

    [Fact]
    public async Task What_one_registry_may_reach_another_does_not_find_open()
    {
        await using var inner = await ScriptedRegistry.StartAsync(ServeAsync);
        await using var outer = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", $"http://{Named(inner)}/x")));
        var asked = 0;
        using var client = new RegistryClient(new RegistryOptions
        {
            Clock = new TestClock(), Credentials = NoCredentials.Instance, PlainHttp = new HashSet<string> { Named(inner) },
            Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(Interlocked.Increment(ref asked) == 1 ? "127.0.0.1" : "10.0.0.1") }),
        });
        await using (await client.Repository(Reference.Parse(Named(inner) + "/a/b")).OpenBlobAsync(Blob.Descriptor, default)) { }
        var e = await Assert.ThrowsAsync<ViaductException>(() => client.Repository(outer).OpenBlobAsync(Blob.Descriptor, default));
        Assert.Equal("VIA3024", e.Code);
        Assert.Single(inner.Seen);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_said_to_be_no_host()
    {
        await using var registry = await ScriptedRegistry.StartAsync(_ => Task.CompletedTask);
        using var client = Client(registry);
        var e = await Assert.ThrowsAsync<TransportException>(() => client.Repository(Reference.Parse(Named(registry) + "/a/b")).FindManifestAsync("v1", default));
        Assert.Equal(("VIA3001", $"{Named(registry)} cannot be reached: no such host"), (e.Code, e.Message));
    }

    [Theory]
    [InlineData("http://store.example/x", "GET http://store.example/x")]
    [InlineData("https://store.example/x", "CONNECT store.example:443")]
    public async Task A_proxy_may_stand_anywhere_and_looks_up_the_names_itself(string target, string seen)
    {
        await using var proxy = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(404));
        var endpoint = RegistryEndpoint.Of("registry.example", new HashSet<string>());
        var looked = "";
        using var http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            Proxy = new WebProxy($"http://proxy.example:{new Uri(proxy.Url).Port}"),
            ConnectCallback = new Dialer(endpoint, (host, _) =>
            {
                looked += host;
                return Task.FromResult(new[] { IPAddress.Loopback });
            }).ConnectAsync,
        });
        var sending = http.SendAsync(new HttpRequestMessage(HttpMethod.Get, target), default);
        if (target.StartsWith("https")) Assert.Equal(HttpRequestError.ProxyTunnelError, (await Assert.ThrowsAsync<HttpRequestException>(() => sending)).HttpRequestError);
        else (await sending).Dispose();
        var request = Assert.Single(proxy.Seen);
        Assert.Equal((seen, "proxy.example"), ($"{request.Method} {request.Target}", looked));
        Assert.Equal(NetworkZone.Public, endpoint.Zone);
    }

    [Theory]
    [InlineData("registry.example", "", "https://10.0.0.6/t", false)]
    [InlineData("registry.example", "10.0.0.5", "https://10.0.0.6/t", true)]
    [InlineData("registry.example", "10.0.0.5", "https://127.0.0.1/t", false)]
    [InlineData("registry.example", "10.0.0.5", "https://169.254.169.254/t", false)]
    [InlineData("registry.example", "203.0.113.7", "https://10.0.0.6/t", false)]
    [InlineData("registry.example", "203.0.113.7 10.0.0.5", "https://10.0.0.6/t", false)]
    [InlineData("registry.example", "10.0.0.5 203.0.113.7", "https://10.0.0.6/t", false)]
    [InlineData("10.0.0.5", "10.0.0.5", "https://10.0.0.6/t", true)]
    [InlineData("localhost", "::1", "https://127.0.0.1/t", true)]
    public void A_registry_by_name_stands_where_it_was_met_and_the_most_public_place_counts(string registry, string met, string target, bool allowed)
    {
        var endpoint = RegistryEndpoint.Of(registry, new HashSet<string>());
        foreach (var address in met.Split(' ', StringSplitOptions.RemoveEmptyEntries)) endpoint.MeetAt(IPAddress.Parse(address));
        Assert.Equal(allowed, TargetGuard.Refuse(endpoint, new Uri("https://registry.example"), new Uri(target)) is null);
    }
}
