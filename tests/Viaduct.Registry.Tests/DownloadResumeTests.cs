using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class DownloadResumeTests
{
    private const int Size = 3 << 20;
    private static readonly byte[] Content = Samples.Bytes(Size);
    private static readonly Descriptor Blob = Samples.Blob(Size).Descriptor;

    private static async Task<byte[]> ReadAsync(ScriptedRegistry registry, TestClock? clock = null, ICredentialSource? credentials = null)
    {
        using var client = Samples.Client(clock, credentials);
        await using var stream = await client.Repository(registry).OpenBlobAsync(Blob, default);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    private static int From(HttpContext http) => http.Request.Headers.Range.ToString() is { Length: > 0 } range ? int.Parse(range["bytes=".Length..^1]) : 0;

    /// <summary>Answers with what follows a byte, and breaks off before another.</summary>
    private static async Task SendAsync(HttpContext http, int from, int until = Size, string? range = null, bool stall = false)
    {
        http.Response.StatusCode = from > 0 ? 206 : 200;
        if (from > 0) http.Response.Headers.ContentRange = range ?? $"bytes {from}-{Size - 1}/{Size}";
        http.Response.ContentLength = Size - from;
        await http.Response.Body.WriteAsync(Content.AsMemory(from, until - from));
        if (until == Size) return;
        await http.Response.Body.FlushAsync();
        await Task.Delay(stall ? Timeout.Infinite : 50, http.RequestAborted).ContinueWith(_ => { });
        http.Abort();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_download_goes_on_where_it_broke_off_or_stood_still(bool stall)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => SendAsync(http, From(http), From(http) == 0 ? 1_000_000 : Size, stall: stall));
        Assert.Equal(Content, await ReadAsync(registry, new TestClock { StallsComeAtOnce = stall }));
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task A_registry_that_begins_again_is_passed_over_to_where_it_was()
    {
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => SendAsync(http, 0, Interlocked.Increment(ref count) == 1 ? 2_000_000 : Size));
        Assert.Equal(Content, await ReadAsync(registry));
        Assert.Equal(2, count);
    }

    [Theory]
    [InlineData("bytes 999999-3145727/3145728")]
    [InlineData("bytes 1000001-3145727/3145728")]
    [InlineData("bytes 1000000-3145728/3145729")]
    [InlineData("items 1000000-3145727/3145728")]
    [InlineData("nonsense")]
    public async Task A_part_that_is_not_the_one_asked_for_is_refused(string range)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => SendAsync(http, From(http), From(http) == 0 ? 1_000_000 : Size, range));
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => ReadAsync(registry));
        Assert.Equal(("VIA3050", FailureKind.Protocol), (e.Code, e.Kind));
        Assert.Equal(2, registry.Seen.Count);
    }

    [Theory]
    [InlineData(416, "VIA3050")]
    [InlineData(403, "VIA3010")]
    [InlineData(404, "VIA3012")]
    public async Task What_is_answered_in_place_of_the_rest_is_told(int status, string code)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => From(http) == 0 ? SendAsync(http, 0, 1_000_000) : http.AnswerErrorAsync(status, "X"));
        Assert.Equal(code, (await Assert.ThrowsAnyAsync<ViaductException>(() => ReadAsync(registry))).Code);
    }

    [Fact]
    public async Task Garbled_bytes_in_a_later_part_are_found_by_the_hash_of_the_whole()
    {
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (From(http) == 0) { await SendAsync(http, 0, 1_000_000); return; }
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = $"bytes {From(http)}-{Size - 1}/{Size}";
            await http.Response.Body.WriteAsync(new byte[Size - From(http)]);
        });
        Assert.Equal("VIA1012", (await Assert.ThrowsAnyAsync<ViaductException>(() => ReadAsync(registry))).Code);
    }

    [Theory]
    [InlineData(1 << 20, true)]
    [InlineData(1 << 17, false)]
    public async Task Breaks_without_end_are_borne_as_long_as_a_MiB_comes_between_them(int step, bool arrives)
    {
        // Twice for each step, so that three without progress would be the end.
        var breaks = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            var from = From(http);
            var sends = Interlocked.Increment(ref breaks) % 2 == 0 ? step : 0;
            return SendAsync(http, from, Math.Min(from + sends, Size));
        });
        if (arrives)
        {
            Assert.Equal(Content, await ReadAsync(registry));
            Assert.True(breaks > 4);
        }
        else
        {
            var e = await Assert.ThrowsAsync<TransportException>(() => ReadAsync(registry));
            Assert.Equal("VIA3001", e.Code);
            Assert.EndsWith("(tried 3 times)", e.Message);
            Assert.Equal(3, breaks);
        }
    }

    [Fact]
    public async Task A_server_that_gives_less_at_a_time_than_was_asked_for_is_asked_for_the_rest()
    {
        const int Part = 300_000;
        var clock = new TestClock();
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            var from = From(http);
            if (from == 0) { await SendAsync(http, 0, 1_000_000); return; }
            var count = Math.Min(Part, Size - from);
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = $"bytes {from}-{from + count - 1}/{Size}";
            http.Response.ContentLength = count;
            await http.Response.Body.WriteAsync(Content.AsMemory(from, count));
        });
        Assert.Equal(Content, await ReadAsync(registry, clock));
        Assert.True(registry.Seen.Count > 4);
        Assert.Single(clock.Waits);
    }

    [Fact]
    public async Task A_signed_address_that_has_ended_is_not_asked_again_but_the_registry_is()
    {
        await using var store = await ScriptedRegistry.StartAsync(http =>
            http.Request.QueryString.Value == "?sig=1" && From(http) > 0 ? http.AnswerAsync(403) : SendAsync(http, From(http), From(http) == 0 ? 500_000 : Size));
        var signed = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", $"{store.Url}/b?sig={Interlocked.Increment(ref signed)}")));
        Assert.Equal(Content, await ReadAsync(registry));
        Assert.Equal(["/b?sig=1", "/b?sig=2"], store.Seen.Select(s => s.Target));
    }

    [Fact]
    public async Task A_token_that_has_ended_meanwhile_is_renewed()
    {
        ScriptedRegistry? self = null;
        var tokens = 0;
        self = await ScriptedRegistry.StartAsync(http =>
            http.Request.Path == "/token" ? http.AnswerAsync(200, $$"""{"token":"t{{Interlocked.Increment(ref tokens)}}"}""")
            : http.Request.Headers.Authorization != (From(http) == 0 ? "Bearer t1" : "Bearer t2") ? http.AnswerAsync(401, null, "", ("WWW-Authenticate", $"Bearer realm=\"{self!.Url}/token\""))
            : SendAsync(http, From(http), From(http) == 0 ? 500_000 : Size));
        await using var registry = self;
        Assert.Equal(Content, await ReadAsync(registry));
        Assert.Equal(2, tokens);
    }

    [Fact]
    public async Task An_answer_whose_end_is_the_end_of_the_connection_is_not_believed_to_be_whole()
    {
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (From(http) > 0) { await SendAsync(http, From(http)); return; }
            // HTTP/1.0's way: no length, no chunks.
            http.Response.Headers["Transfer-Encoding"] = "identity";
            await http.Response.Body.WriteAsync(Content.AsMemory(0, 700_000));
        });
        Assert.Equal(Content, await ReadAsync(registry));
    }

    [Fact]
    public async Task Going_on_needs_no_place_among_the_requests_that_it_feeds()
    {
        var puts = 0;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            switch (http.Request.Method)
            {
                case "GET": await SendAsync(http, From(http), From(http) == 0 ? 1_000_000 : Size); break;
                case "HEAD": await http.AnswerAsync(404); break;
                case "POST": await http.AnswerAsync(202, null, "", ("Location", "/upload/1")); break;
                default: await Uploads.TakeAsync(http, Samples.Blob(Size)); Interlocked.Increment(ref puts); break;
            }
        });
        using var client = Samples.Client(concurrency: 1);
        await client.Repository(registry, "c/d").PushBlobAsync(client.Repository(registry, "a/b").AsBlob(Blob), default).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, puts);
    }
}
