using Microsoft.AspNetCore.Http;
using Viaduct.Oci;
using static Viaduct.Registry.Tests.UploadDesk;
using static Viaduct.Registry.Tests.Uploads;

namespace Viaduct.Registry.Tests;

public sealed class ChunkTests
{
    private const int Mi = 1 << 20;
    private static readonly Blob Large = Samples.Blob(18 * Mi, seed: 5);

    [Theory]
    [InlineData(202)]
    [InlineData(201)]
    [InlineData(204)]
    public async Task A_whole_that_is_too_large_goes_in_parts(int status)
    {
        var desk = new UploadDesk { PatchStatus = status, Before = Once(http => http.AnswerErrorAsync(413, "SIZE_INVALID")) };
        await using var registry = await desk.TakeAsync(Large);
        Assert.True(desk.Holds(Large));
        Assert.Equal([("0-16777215", 16 * Mi), ("16777216-18874367", 2 * Mi)], desk.Parts);
        Assert.Equal("HEAD POST PUT DELETE POST PATCH PATCH PUT", Methods(registry));
        Assert.Contains("at=16777216", registry.Seen.Last(s => s.Method == "PATCH").Target);
    }

    [Fact]
    public async Task Parts_shrink_until_a_proxy_takes_them_and_not_below_its_usual_bound()
    {
        async Task<bool> Bound(HttpContext http, long most)
        {
            if (http.Request.ContentLength <= most) return false;
            await http.AnswerAsync(413, "<html>", "text/html");
            return true;
        }
        var desk = new UploadDesk { Before = (http, _) => Bound(http, Mi) };
        await using (var registry = await desk.TakeAsync(Large)) Assert.Equal(18, desk.Parts.Count);
        Assert.True(desk.Holds(Large));
        var refusing = new UploadDesk { Before = (http, _) => Bound(http, Mi - 1) };
        var e = await Assert.ThrowsAsync<RegistryException>(() => refusing.TakeAsync(Large));
        Assert.Equal(("VIA3013", FailureKind.TooLarge), (e.Code, e.Kind));
    }

    [Fact]
    public async Task Parts_shrink_also_where_what_is_too_large_is_cut_off_without_a_word()
    {
        var desk = new UploadDesk
        {
            Before = (http, _) =>
            {
                if (http.Request.ContentLength is null or <= 4 * Mi) return Task.FromResult(false);
                http.Abort();
                return Task.FromResult(true);
            },
        };
        await using var registry = await desk.TakeAsync(Large);
        Assert.True(desk.Holds(Large));
        Assert.Equal(5, desk.Parts.Count);
    }

    [Fact]
    public async Task A_registry_that_says_416_of_what_is_too_large_gets_less()
    {
        var desk = new UploadDesk
        {
            Before = async (http, _) =>
            {
                if (http.Request.ContentLength is null or <= 4 * Mi) return false;
                await http.Request.Body.CopyToAsync(Stream.Null);
                await http.AnswerErrorAsync(http.Request.Method == "PUT" ? 413 : 416, "UNSUPPORTED", "request body is too large");
                return true;
            },
        };
        await using var registry = await desk.TakeAsync(Large);
        Assert.True(desk.Holds(Large));
        Assert.Equal(5, desk.Parts.Count);
    }

    [Fact]
    public async Task The_least_that_the_registry_wants_is_sent()
    {
        var desk = new UploadDesk { LeastChunk = $"{17 * Mi}", Before = Once(http => http.AnswerErrorAsync(413, "X")) };
        await using var registry = await desk.TakeAsync(Large);
        Assert.Equal([17 * Mi, Mi], desk.Parts.Select(p => p.Length));
    }

    [Theory]
    [InlineData(true, "HEAD POST PUT DELETE POST PATCH PATCH PUT HEAD")]
    [InlineData(false, "HEAD POST PUT DELETE POST PATCH PATCH PUT HEAD GET PUT")]
    public async Task A_commit_whose_answer_is_lost_is_looked_for_first(bool stored, string methods)
    {
        var commits = 0;
        var desk = new UploadDesk();
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Method != "PUT") { await desk.AnswerAsync(http); return; }
            switch (Interlocked.Increment(ref commits))
            {
                case 1: await http.AnswerErrorAsync(413, "X"); break;
                case 2 when stored:
                    http.Response.Body = Stream.Null;
                    await desk.AnswerAsync(http);
                    http.Abort();
                    break;
                case 2: await http.AnswerAsync(502); break;
                default: await desk.AnswerAsync(http); break;
            }
        });
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Large, default);
        Assert.True(desk.Holds(Large));
        Assert.Equal(methods, Methods(registry));
    }

    [Fact]
    public async Task Ten_failures_without_a_byte_more_are_the_end_and_the_session_is_given_up()
    {
        var desk = new UploadDesk
        {
            Before = async (http, _) =>
            {
                if (http.Request.Method is "GET" or "DELETE") return false;
                await http.Request.Body.CopyToAsync(Stream.Null);
                await http.AnswerErrorAsync(502, "BAD", "gateway");
                return true;
            },
        };
        await using var registry = await ScriptedRegistry.StartAsync(desk.AnswerAsync);
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry).PushBlobAsync(Large, default));
        Assert.Equal("VIA3014", e.Code);
        Assert.Equal(10, registry.Count("PATCH", "/upload"));
        Assert.Equal("DELETE", registry.Seen.Last().Method);
    }

    [Fact]
    public async Task A_DELETE_that_wants_another_right_is_no_reason_to_ask_for_it()
    {
        ScriptedRegistry? self = null;
        var desk = new UploadDesk { Before = Once(http => http.AnswerErrorAsync(413, "X")) };
        var tokens = 0;
        self = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Path == "/token") { Interlocked.Increment(ref tokens); await http.AnswerAsync(200, """{"token":"t"}"""); }
            else if (http.Request.Headers.Authorization.Count == 0 || http.Request.Method == "DELETE")
                await http.AnswerAsync(401, null, "", ("WWW-Authenticate", $"Bearer realm=\"{self!.Url}/token\",scope=\"repository:team/app:delete\",error=\"insufficient_scope\""));
            else await desk.AnswerAsync(http);
        });
        await using var registry = self;
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Large, default);
        Assert.True(desk.Holds(Large));
        Assert.Equal(1, tokens);
    }
}
