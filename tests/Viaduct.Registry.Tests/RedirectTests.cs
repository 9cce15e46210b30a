using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class RedirectTests
{
    private static readonly byte[] Content = Samples.Bytes(1000);
    private static readonly Descriptor Blob = Samples.Blob(1000).Descriptor;

    private static Task ServeAsync(HttpContext http)
    {
        http.Response.ContentLength = Content.Length;
        return http.Response.Body.WriteAsync(Content).AsTask();
    }

    private static async Task<byte[]> ReadAsync(ScriptedRegistry registry, ICredentialSource? credentials = null)
    {
        using var client = Samples.Client(credentials: credentials);
        await using var stream = await client.Repository(registry).OpenBlobAsync(Blob, default);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_blob_may_be_elsewhere_and_the_credentials_stay_here(int status)
    {
        await using var store = await ScriptedRegistry.StartAsync(ServeAsync);
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Headers.Authorization.Count == 0 ? http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\""))
            : http.AnswerAsync(status, null, "", ("Location", store.Url + "/signed?X-Sig=a%2Fb")));
        Assert.Equal(Content, await ReadAsync(registry, new TestCredentials((registry.Host, new("alice", "pw")))));
        var witness = Assert.Single(store.Seen);
        Assert.Null(witness.Authorization);
        Assert.Equal("/signed?X-Sig=a%2Fb", witness.Target);
    }

    [Fact]
    public async Task Within_the_registry_the_credentials_come_along()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Headers.Authorization.Count == 0 ? http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\""))
            : http.Request.Path == "/here" ? ServeAsync(http)
            : http.AnswerAsync(307, null, "", ("Location", "/here")));
        Assert.Equal(Content, await ReadAsync(registry, new TestCredentials((registry.Host, new("alice", "pw")))));
    }

    [Fact]
    public async Task Credentials_that_were_left_behind_do_not_come_back()
    {
        ScriptedRegistry? registry = null;
        await using var store = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", registry!.Url + "/back")));
        registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Path == "/back" ? ServeAsync(http)
            : http.Request.Headers.Authorization.Count == 0 ? http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\""))
            : http.AnswerAsync(307, null, "", ("Location", store.Url)));
        await using var _ = registry;
        Assert.Equal(Content, await ReadAsync(registry, new TestCredentials((registry.Host, new("alice", "pw")))));
        Assert.Null(registry.Seen.Last().Authorization);
    }

    [Fact]
    public async Task A_challenge_from_elsewhere_is_not_answered()
    {
        await using var store = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"give\"")));
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", store.Url)));
        var credentials = new TestCredentials((registry.Host, new("alice", "pw")), (store.Host, new("alice", "pw")));
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => ReadAsync(registry, credentials));
        Assert.Equal(ExitCode.Denied, e.Exit);
        Assert.Equal(0, credentials.Asked);
        Assert.Null(Assert.Single(store.Seen).Authorization);
    }

    [Theory]
    [InlineData("/v2/again", 11)]
    [InlineData("http://169.254.169.254/latest/meta-data", 1)]
    [InlineData("http://10.0.0.1/x", 1)]
    [InlineData("file:///etc/passwd", 1)]
    [InlineData("http://u:p@127.0.0.1/x", 1)]
    [InlineData("", 1)]
    public async Task What_must_not_be_followed_is_not(string location, int requests)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(302, null, "", ("Location", location)));
        Assert.Equal("VIA3021", (await Assert.ThrowsAnyAsync<ViaductException>(() => ReadAsync(registry))).Code);
        Assert.Equal(requests, registry.Seen.Count);
    }

    [Fact]
    public async Task A_write_is_not_redirected()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", "/other")));
        using var client = Samples.Client();
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).TagAsync("v1", Samples.Manifest, default));
        Assert.Equal("VIA3021", e.Code);
        Assert.Single(registry.Seen);
    }
}
