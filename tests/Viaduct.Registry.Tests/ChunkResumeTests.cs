using Microsoft.AspNetCore.Http;
using Viaduct.Oci;
using static Viaduct.Registry.Tests.UploadDesk;
using static Viaduct.Registry.Tests.Uploads;

namespace Viaduct.Registry.Tests;

public sealed class ChunkResumeTests
{
    private const int Mi = 1 << 20;
    private static readonly Blob Large = Samples.Blob(18 * Mi, seed: 5);

    [Theory]
    [InlineData("abort")]
    [InlineData("502")]
    [InlineData("504")]
    public async Task A_large_body_that_broke_off_goes_on_where_the_registry_has_it(string how)
    {
        UploadDesk? self = null;
        self = new UploadDesk
        {
            Before = Once(async http =>
            {
                if (how == "abort") { await self!.BreakAsync(http, 7 * Mi); return; }
                await http.Request.Body.CopyToAsync(Stream.Null);
                await http.AnswerAsync(int.Parse(how));
            }),
        };
        await using var registry = await self.TakeAsync(Large);
        Assert.True(self.Holds(Large));
        Assert.Equal(how == "abort" ? "HEAD POST PUT HEAD GET PATCH PUT" : "HEAD POST PUT HEAD GET PATCH PATCH PUT", Methods(registry));
        if (how == "abort") Assert.Equal([($"{7 * Mi}-{18 * Mi - 1}", 11 * Mi)], self.Parts);
    }

    [Theory]
    [InlineData(false, "HEAD POST PUT HEAD GET PATCH GET PATCH PUT")]
    [InlineData(true, "HEAD POST PUT HEAD GET PATCH GET POST PATCH PATCH PUT")]
    public async Task A_part_that_broke_off_goes_on_and_a_session_that_is_gone_is_begun_anew(bool lost, string methods)
    {
        UploadDesk? self = null;
        var whole = Once(http => self!.BreakAsync(http, 10, keep: false));
        var part = Once(http => self!.BreakAsync(http, 5 * Mi, lose: lost), "PATCH");
        self = new UploadDesk { Before = async (http, n) => await whole(http, n) || await part(http, n) };
        await using var registry = await self.TakeAsync(Large);
        Assert.True(self.Holds(Large));
        Assert.Equal(methods, Methods(registry));
    }

    [Fact]
    public async Task A_registry_that_kept_other_bytes_gets_the_whole_once_more()
    {
        var garbled = new UploadDesk
        {
            Before = Once(async http =>
            {
                // Says later that it has two MiB, of something else.
                await http.Request.Body.ReadExactlyAsync(new byte[3 * Mi]);
                http.Abort();
            }),
        };
        var said = false;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Method == "GET" && !said)
            {
                said = true;
                await http.AnswerAsync(204, null, "", ("Location", http.Request.Path + "?at=1"), ("Range", $"0-{2 * Mi - 1}"));
                return;
            }
            if (http.Request.Method == "PATCH" && http.Request.Headers.ContentRange.ToString().StartsWith($"{2 * Mi}-"))
            {
                using var rest = new MemoryStream();
                await http.Request.Body.CopyToAsync(rest);
                http.Request.Body = new MemoryStream([.. new byte[2 * Mi], .. rest.ToArray()]);
                http.Request.Headers.ContentRange = $"0-{2 * Mi + rest.Length - 1}";
            }
            await garbled.AnswerAsync(http);
        });
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Large, default);
        Assert.True(garbled.Holds(Large));
        Assert.EndsWith("PATCH PUT DELETE POST PUT", Methods(registry));
    }

    [Fact]
    public async Task The_source_is_opened_again_only_to_go_back_and_is_moved_where_it_can_be()
    {
        UploadDesk? self = null;
        var whole = Once(http => self!.BreakAsync(http, 10, keep: false));
        var part = Once(http => self!.BreakAsync(http, 5 * Mi), "PATCH");
        self = new UploadDesk { Before = async (http, n) => await whole(http, n) || await part(http, n) };
        var opened = new List<CountingStream>();
        var bytes = Samples.Bytes(18 * Mi, 5);
        await using var registry = await self.TakeAsync(new Blob(Large.Descriptor, _ =>
        {
            var stream = new CountingStream(bytes);
            lock (opened) opened.Add(stream);
            return new(stream);
        }));
        Assert.True(self.Holds(Large));
        // The whole, the first part, and all the rest from where that broke off: passed over by moving, not by reading.
        Assert.Equal(3, opened.Count);
        Assert.Equal(13 * Mi, opened[2].Count);
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public long Count { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            Count += count;
            return count;
        }
    }
}
