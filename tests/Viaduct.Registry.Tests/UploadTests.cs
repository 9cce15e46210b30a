using Microsoft.AspNetCore.Http;
using Viaduct.Oci;
using static Viaduct.Registry.Tests.Uploads;

namespace Viaduct.Registry.Tests;

public sealed class UploadTests
{
    private static readonly Blob Small = Samples.Blob(64 << 10);
    private static readonly Blob Large = Samples.Blob(300_000, seed: 2);

    [Theory]
    [InlineData("relative", "/upload/1?digest=")]
    [InlineData("absolute", "/upload/1?digest=")]
    [InlineData("query", "/upload/1?_state=a%2Fb%3D&digest=")]
    public async Task A_blob_goes_in_one_PUT_to_where_the_registry_says(string form, string expected)
    {
        ScriptedRegistry? self = null;
        self = await ScriptedRegistry.StartAsync(http => http.Request.Method == "POST"
            ? http.AnswerAsync(202, null, "", ("Location", form switch { "relative" => "/upload/1", "absolute" => self!.Url + "/upload/1", _ => "/upload/1?_state=a%2Fb%3D" }))
            : TakeAsync(http, Small));
        await using var registry = self;
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Small, default);
        Assert.Equal("POST PUT", Methods(registry));
        Assert.Equal(expected + Uri.EscapeDataString(Small.Descriptor.Digest.ToString()), registry.Seen.Last().Target);
    }

    [Theory]
    [InlineData(200, 300_000, "HEAD")]
    [InlineData(200, 299_999, "HEAD POST PUT")]
    [InlineData(404, 0, "HEAD POST PUT")]
    public async Task A_large_blob_is_asked_for_first(int status, int length, string methods)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (http.Request.Method == "HEAD") { http.Response.StatusCode = status; http.Response.ContentLength = length; return Task.CompletedTask; }
            return http.Request.Method == "POST" ? http.AnswerAsync(202, null, "", ("Location", "/upload/1")) : TakeAsync(http, Large);
        });
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Large, default);
        Assert.Equal(methods, Methods(registry));
    }

    [Theory]
    [InlineData("500", true, "POST PUT HEAD")]
    [InlineData("abort", true, "POST PUT HEAD")]
    [InlineData("404", true, "POST PUT HEAD")]
    [InlineData("500", false, "POST PUT HEAD POST PUT")]
    [InlineData("abort", false, "POST PUT HEAD POST PUT")]
    [InlineData("404", false, "POST PUT HEAD POST PUT")]
    public async Task A_commit_that_fails_may_have_succeeded(string how, bool stored, string methods)
    {
        var commits = 0;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            switch (http.Request.Method)
            {
                case "POST": await http.AnswerAsync(202, null, "", ("Location", $"/upload/{commits}")); break;
                case "HEAD":
                    http.Response.StatusCode = stored ? 200 : 404;
                    http.Response.ContentLength = Small.Descriptor.Size;
                    break;
                default:
                    if (Interlocked.Increment(ref commits) > 1) { await TakeAsync(http, Small); break; }
                    await http.Request.Body.CopyToAsync(Stream.Null);
                    if (how == "abort") http.Abort();
                    else await http.AnswerErrorAsync(int.Parse(how), "BLOB_UPLOAD_UNKNOWN");
                    break;
            }
        });
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Small, default);
        Assert.Equal(methods, Methods(registry));
    }

    [Fact]
    public async Task After_three_sessions_the_last_failure_is_told()
    {
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            if (http.Request.Method == "POST") await http.AnswerAsync(202, null, "", ("Location", "/upload/1"));
            else await http.AnswerErrorAsync(http.Request.Method == "HEAD" ? 404 : 502, "BAD", "gateway");
        });
        using var client = Samples.Client();
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).PushBlobAsync(Small, default));
        Assert.Equal("VIA3014", e.Code);
        Assert.Equal(3, registry.Count("PUT", "/upload"));
    }

    [Theory]
    [InlineData(403, "DENIED", "VIA3010")]
    [InlineData(413, "SIZE", "VIA3013")]
    [InlineData(400, "DIGEST_INVALID", "VIA3030")]
    [InlineData(400, "NAME_INVALID", "VIA3015")]
    public async Task A_clear_refusal_is_not_tried_again(int status, string error, string code)
    {
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            if (http.Request.Method == "POST") await http.AnswerAsync(202, null, "", ("Location", "/upload/1"));
            else await http.AnswerErrorAsync(status, error);
        });
        using var client = Samples.Client();
        Assert.Equal(code, (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).PushBlobAsync(Small, default))).Code);
        // A registry ends an upload whose digest is wrong by itself; the others are given up by word.
        Assert.Equal(error == "DIGEST_INVALID" ? "POST PUT" : "POST PUT DELETE", Methods(registry));
    }

    [Fact]
    public async Task A_refusal_that_comes_before_the_body_was_read_is_told()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Method switch
        {
            "POST" => http.AnswerAsync(202, null, "", ("Location", "/upload/1")),
            "HEAD" => http.AnswerAsync(404),
            _ => http.AnswerErrorAsync(413, "SIZE_INVALID"),
        });
        using var client = Samples.Client();
        Assert.Equal("VIA3013", (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).PushBlobAsync(Samples.Blob(32 << 20), default))).Code);
    }

    [Fact]
    public async Task An_upload_elsewhere_gets_the_bytes_and_no_credentials()
    {
        await using var store = await ScriptedRegistry.StartAsync(http => TakeAsync(http, Small));
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Headers.Authorization.Count == 0 ? http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\""))
            : http.AnswerAsync(202, null, "", ("Location", store.Url + "/put?sig=1")));
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, new("alice", "pw"))));
        await client.Repository(registry).PushBlobAsync(Small, default);
        Assert.Null(Assert.Single(store.Seen).Authorization);
    }

    [Theory]
    [InlineData("http://169.254.169.254/put", "VIA3023")]
    [InlineData("http://192.168.0.1/put", "VIA3023")]
    [InlineData("file:///etc/passwd", "VIA3020")]
    [InlineData("", "VIA3020")]
    public async Task An_upload_location_that_is_not_the_registrys_to_name_is_refused(string location, string code)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(202, null, "", ("Location", location)));
        using var client = Samples.Client();
        Assert.Equal(code, (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).PushBlobAsync(Small, default))).Code);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_source_that_is_not_as_long_as_its_descriptor_is_not_sent_again_and_again(int off)
    {
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Method == "POST") { await http.AnswerAsync(202, null, "", ("Location", "/upload/1")); return; }
            try { await http.Request.Body.CopyToAsync(Stream.Null); } catch (Exception e) when (e is IOException or BadHttpRequestException) { }
        });
        using var client = Samples.Client();
        var bad = new Blob(Small.Descriptor, _ => new(new MemoryStream(new byte[Small.Descriptor.Size + off])));
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).PushBlobAsync(bad, default));
        Assert.Equal("VIA3033", e.Code);
        Assert.True(registry.Count("PUT", "/") <= 1);
    }

    [Fact]
    public async Task A_token_that_ends_during_the_upload_is_renewed_and_the_body_sent_again()
    {
        ScriptedRegistry? self = null;
        var tokens = 0;
        self = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Path == "/token") { await http.AnswerAsync(200, $$"""{"token":"t{{Interlocked.Increment(ref tokens)}}"}"""); return; }
            var good = http.Request.Headers.Authorization == (http.Request.Method == "PUT" ? "Bearer t2" : "Bearer t1");
            if (!good)
            {
                await http.Request.Body.CopyToAsync(Stream.Null);
                await http.AnswerAsync(401, null, "", ("WWW-Authenticate", $"Bearer realm=\"{self!.Url}/token\""));
            }
            else if (http.Request.Method == "POST") await http.AnswerAsync(202, null, "", ("Location", "/v2/upload/1"));
            else await TakeAsync(http, Small);
        });
        await using var registry = self;
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Small, default);
        Assert.Equal(2, tokens);
    }
}
