using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class BlobReadTests
{
    private static readonly byte[] Content = Samples.Bytes(100_000);
    private static readonly Descriptor Blob = Samples.Blob(100_000).Descriptor;

    private static async Task<byte[]> ReadAsync(Func<HttpContext, Task> script, TestClock? clock = null)
    {
        await using var registry = await ScriptedRegistry.StartAsync(script);
        using var client = Samples.Client(clock);
        await using var stream = await client.Repository(registry).OpenBlobAsync(Blob, default);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_blob_is_read_with_and_without_a_length(bool length) =>
        Assert.Equal(Content, await ReadAsync(http =>
        {
            if (length) http.Response.ContentLength = Content.Length;
            return http.Response.Body.WriteAsync(Content).AsTask();
        }));

    [Theory]
    [InlineData(99_999, true, "VIA3030")]
    [InlineData(100_001, true, "VIA3030")]
    [InlineData(99_999, false, "VIA1012")]
    [InlineData(100_001, false, "VIA1012")]
    public async Task A_blob_of_another_length_is_refused(int length, bool announced, string code)
    {
        var e = await Assert.ThrowsAsync<ViaductException>(() => ReadAsync(http =>
        {
            if (announced) http.Response.ContentLength = length;
            return http.Response.Body.WriteAsync(new byte[length]).AsTask();
        }));
        Assert.Equal((code, ExitCode.VerificationFailed), (e.Code, e.Exit));
    }

    [Fact]
    public async Task Other_bytes_of_the_same_length_are_refused()
    {
        var e = await Assert.ThrowsAsync<ViaductException>(() => ReadAsync(http =>
        {
            http.Response.ContentLength = Content.Length;
            http.Response.Headers["Docker-Content-Digest"] = Blob.Digest.ToString();
            return http.Response.Body.WriteAsync(new byte[Content.Length]).AsTask();
        }));
        Assert.Equal("VIA1012", e.Code);
    }

    [Fact]
    public async Task A_body_that_breaks_off_says_where()
    {
        var e = await Assert.ThrowsAsync<TransportException>(() => ReadAsync(async http =>
        {
            http.Response.ContentLength = Content.Length;
            await http.Response.Body.WriteAsync(Content.AsMemory(0, 5000));
            await http.Response.Body.FlushAsync();
            await Task.Delay(100);
            http.Abort();
        }));
        Assert.Equal("VIA3001", e.Code);
        Assert.EndsWith("the connection ended after 5000 of 100000 bytes (tried 3 times)", e.Message);
    }

    [Fact]
    public async Task A_body_that_stands_still_is_given_up()
    {
        var e = await Assert.ThrowsAsync<TransportException>(() => ReadAsync(async http =>
        {
            http.Response.ContentLength = Content.Length;
            await http.Response.Body.WriteAsync(Content.AsMemory(0, 5000));
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { });
        }, new TestClock { StallsComeAtOnce = true }));
        Assert.Equal("VIA3002", e.Code);
        Assert.EndsWith("sent nothing for 60 s after 5000 of 100000 bytes (tried 3 times)", e.Message);
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_an_error_when_it_is_opened()
    {
        var e = await Assert.ThrowsAsync<ViaductException>(() => ReadAsync(http => http.AnswerErrorAsync(404, "BLOB_UNKNOWN")));
        Assert.Equal("VIA3012", e.Code);
    }

    [Fact]
    public async Task Open_streams_do_not_keep_others_from_asking()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            http.Response.ContentLength = Content.Length;
            return http.Response.Body.WriteAsync(Content).AsTask();
        });
        using var client = Samples.Client(concurrency: 2);
        var repository = client.Repository(registry);
        var streams = new List<Stream>();
        for (var i = 0; i < 6; i++) streams.Add(await repository.OpenBlobAsync(Blob, default).WaitAsync(TimeSpan.FromSeconds(10)));
        foreach (var stream in streams) await stream.DisposeAsync();
    }

    [Fact]
    public async Task Every_request_is_traced_with_what_it_moved()
    {
        var traces = new List<RequestTrace>();
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Response.Body.WriteAsync(Content).AsTask());
        using var client = Samples.Client(trace: t => { lock (traces) traces.Add(t); });
        await using (var stream = await client.Repository(registry).OpenBlobAsync(Blob, default)) await stream.CopyToAsync(Stream.Null);
        var trace = Assert.Single(traces);
        Assert.Equal(("GET", $"/v2/team/app/blobs/{Blob.Digest}", 200, 100_000L), (trace.Method, trace.Path, trace.Status, trace.Bytes));
    }
}
