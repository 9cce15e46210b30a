using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Server.Tests;

public sealed class SecurityTests : RegistryTest
{
    [Theory]
    [InlineData("localhost:{0}", 200)]
    [InlineData("LOCALHOST:{0}", 200)]
    [InlineData("127.0.0.1:{0}", 200)]
    [InlineData("[::1]:{0}", 200)]
    [InlineData("localhost", 403)]
    [InlineData("localhost:1", 403)]
    [InlineData("127.0.0.1:{0}0", 403)]
    [InlineData("evil.example", 403)]
    [InlineData("evil.example:{0}", 403)]
    [InlineData("localhost.evil.example:{0}", 403)]
    [InlineData("x.localhost:{0}", 403)]
    [InlineData("127.0.0.2:{0}", 403)]
    [InlineData("mirror:{0}", 200)]
    [InlineData("mirror", 200)]
    [InlineData("exact:77", 200)]
    [InlineData("exact:78", 403)]
    public async Task Only_known_hosts_are_answered(string host, int status)
    {
        await using var registry = await TestRegistry.StartAsync(change: o => o with { AllowedHosts = ["mirror", "exact:77"] });
        var name = string.Format(null, host, registry.Server.Port);
        Assert.StartsWith($"HTTP/1.1 {status} ", await registry.RawAsync($"GET /v2/ HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"));
    }

    [Theory]
    [InlineData("localhost:5842", 5842, true)]
    [InlineData("localhost:5842", 5843, false)]
    [InlineData("localhost", 80, true)]
    [InlineData("localhost", 5842, false)]
    public void The_port_is_that_of_the_connection_from_the_first_request_on(string host, int port, bool isOurs)
    {
        var http = new DefaultHttpContext();
        http.Connection.LocalPort = port;
        http.Request.Headers.Host = host;
        var guard = new HostGuard([]);
        if (isOurs) guard.Check(http.Request);
        else Assert.Throws<RegistryFault>(() => guard.Check(http.Request));
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "none", 200)]
    public async Task Web_pages_are_not_answered(string header, string value, int status)
    {
        using var response = await Registry.SendAsync("GET", "/v2/", null, (header, value));
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 403) Assert.Equal("DENIED", await response.ErrorAsync());
        Assert.Equal(status, await Registry.StatusAsync("POST", "/v2/a/blobs/uploads/", null, (header, value)) is 202 ? 200 : 403);
    }

    [Theory]
    [InlineData("/v2/../../etc/passwd/manifests/x")]
    [InlineData("/v2/a/../../../etc/manifests/passwd")]
    [InlineData("/v2/a/%2e%2e/%2e%2e/manifests/x")]
    [InlineData("/v2/a%2F..%2F..%2Fb/manifests/x")]
    [InlineData("/v2/a%2Fb/manifests/x")]
    [InlineData("/v2/a%5C..%5Cb/manifests/x")]
    [InlineData("/v2/a%00b/manifests/x")]
    [InlineData("/v2/_layers/manifests/x")]
    [InlineData("/v2/a/_manifests/manifests/x")]
    [InlineData("/v2/A/manifests/x")]
    [InlineData("/v2/a//b/manifests/x")]
    [InlineData("/v2//manifests/x")]
    [InlineData("/v2/manifests/x")]
    [InlineData("/v2/a/../b/tags/list")]
    [InlineData("/v2/a/blobs/../tags/list")]
    [InlineData("/v2/./blobs/sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/v2/a/blobs/sha256:..%2F..%2Fstore.id")]
    [InlineData("/v2/a/blobs/sha256:../../../../../../../../../../../../../../../../../../../../../a")]
    [InlineData("/v2/a/blobs/../../../store.id")]
    [InlineData("/v2/a/blobs/SHA256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/v2/a/referrers/..")]
    public async Task Paths_that_want_out_are_refused(string target)
    {
        var line = await Registry.RawGetAsync(target);
        Assert.True(line.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal) || line.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal), line);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("t-x")]
    [InlineData("..%2F..%2Fstore.id")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000")]
    public async Task An_upload_id_is_one_of_ours(string id)
    {
        foreach (var method in (string[])["GET", "PATCH", "DELETE", "PUT"])
        {
            var line = await Registry.RawAsync($"{method} /v2/a/blobs/uploads/{id}?digest={Digest.Sha256([])} HTTP/1.1\r\nHost: {Registry.Server.Address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 404 ", line);
        }
        Assert.True(File.Exists(Path.Join(Registry.Store, "store.id")));
    }

    [Fact]
    public async Task A_name_has_255_characters_at_most()
    {
        var longest = string.Join('/', Enumerable.Repeat("aaaaaaa", 32))[..255];
        Assert.Equal(202, await Registry.StatusAsync("POST", $"/v2/{longest}/blobs/uploads/"));
        using var response = await Registry.SendAsync("POST", $"/v2/{longest}a/blobs/uploads/");
        Assert.Equal("NAME_INVALID", await response.ErrorAsync());
        Assert.Equal(202, await Registry.StatusAsync("POST", $"/v2/{new string('a', 255)}/blobs/uploads/"));
    }

    [Fact]
    public void Nothing_but_loopback_listens()
    {
        var listener = Assert.Single(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), l => l.Port == Registry.Server.Port);
        Assert.Equal(IPAddress.Loopback, listener.Address);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/")]
    [InlineData("/v2x/")]
    [InlineData("/v2/a")]
    [InlineData("/v2/a/unknown/x")]
    [InlineData("*")]
    public async Task Unknown_endpoints_are_404(string target)
    {
        var line = await Registry.RawAsync($"{(target == "*" ? "OPTIONS" : "GET")} {target} HTTP/1.1\r\nHost: {Registry.Server.Address}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", line);
    }

    [Fact]
    public async Task Answers_are_never_compressed()
    {
        await Registry.PushImageAsync("a", "v1");
        using var response = await Registry.SendAsync("GET", "/v2/a/manifests/v1", null, ("Accept-Encoding", "zstd;q=1.0, gzip;q=0.8, deflate;q=0.5"));
        Assert.Null(response.Header("Content-Encoding"));
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
    }
}
