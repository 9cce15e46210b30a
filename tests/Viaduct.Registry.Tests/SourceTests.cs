using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class SourceTests
{
    private static readonly byte[] Content = Samples.Bytes(300_000);
    private static readonly Descriptor Descriptor = Samples.Blob(300_000).Descriptor;

    private static Task<ScriptedRegistry> TargetAsync() => ScriptedRegistry.StartAsync(async http =>
    {
        if (http.Request.Method == "HEAD") { await http.AnswerAsync(404); return; }
        if (http.Request.Method == "POST") { await http.AnswerAsync(202, null, "", ("Location", "/upload/" + Guid.NewGuid())); return; }
        using var taken = new MemoryStream();
        try { await http.Request.Body.CopyToAsync(taken); } catch (Exception e) when (e is IOException or BadHttpRequestException) { return; }
        await http.AnswerAsync(Digest.Sha256(taken.ToArray()) == Descriptor.Digest ? 201 : 400);
    });

    private static async Task BreakOffAsync(HttpContext http)
    {
        http.Response.ContentLength = Content.Length;
        await http.Response.Body.WriteAsync(Content.AsMemory(0, 5000));
        await http.Response.Body.FlushAsync();
        await Task.Delay(50);
        http.Abort();
    }

    private static async Task CopyAsync(ScriptedRegistry source, ScriptedRegistry target)
    {
        using var client = Samples.Client();
        await client.Repository(target).PushBlobAsync(client.Repository(source).AsBlob(Descriptor), default);
    }

    [Fact]
    public async Task A_source_that_breaks_off_goes_on_and_the_target_knows_nothing_of_it()
    {
        var count = 0;
        await using var target = await TargetAsync();
        await using var source = await ScriptedRegistry.StartAsync(http =>
            Interlocked.Increment(ref count) == 1 ? BreakOffAsync(http) : http.Response.Body.WriteAsync(Content).AsTask());
        await CopyAsync(source, target);
        Assert.Equal(2, count);
        Assert.Equal("HEAD POST PUT", Methods(target));
    }

    [Fact]
    public async Task A_source_that_breaks_off_each_time_is_opened_three_times_and_named()
    {
        await using var target = await TargetAsync();
        await using var source = await ScriptedRegistry.StartAsync(BreakOffAsync);
        var e = await Assert.ThrowsAsync<TransportException>(() => CopyAsync(source, target));
        Assert.Equal(("VIA3001", $"GET {source.Host}/v2/team/app/blobs/{Descriptor.Digest}"), (e.Code, e.Where));
        Assert.Equal($"{source.Host} cannot be reached: the connection ended after 5000 of 300000 bytes (tried 3 times)", e.Message);
        Assert.Equal(3, source.Seen.Count);
        Assert.Equal(1, target.Count("HEAD", "/"));
    }

    [Fact]
    public async Task A_source_that_cannot_be_opened_is_tried_by_its_own_client_alone()
    {
        await using var target = await TargetAsync();
        await using var source = await ScriptedRegistry.StartAsync(http => { http.Abort(); return Task.CompletedTask; });
        var traces = 0;
        using var reader = Samples.Client(trace: _ => Interlocked.Increment(ref traces));
        using var writer = Samples.Client();
        var e = await Assert.ThrowsAsync<TransportException>(() => writer.Repository(target).PushBlobAsync(reader.Repository(source).AsBlob(Descriptor), default));
        Assert.Equal(("VIA3001", ExitCode.Unreachable), (e.Code, e.Exit));
        Assert.Contains(source.Host, e.Where);
        Assert.EndsWith("(tried 5 times)", e.Message);
        Assert.Equal(5, traces);
        Assert.Equal("HEAD POST DELETE", Methods(target));
    }

    [Theory]
    [InlineData(404, "VIA3012")]
    [InlineData(403, "VIA3010")]
    public async Task What_the_source_refuses_is_told_as_it_says_it(int status, string code)
    {
        await using var target = await TargetAsync();
        await using var source = await ScriptedRegistry.StartAsync(http => http.AnswerErrorAsync(status, "X"));
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => CopyAsync(source, target));
        Assert.Equal(code, e.Code);
        Assert.Contains(source.Host, e.Where);
        Assert.Single(source.Seen);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_no_failure_of_the_registry()
    {
        await using var target = await TargetAsync();
        using var client = Samples.Client();
        var opened = 0;
        var blob = new Blob(Descriptor, _ => { opened++; throw new FileNotFoundException("gone"); });
        await Assert.ThrowsAsync<FileNotFoundException>(() => client.Repository(target).PushBlobAsync(blob, default));
        Assert.Equal(1, opened);
    }

    private static string Methods(ScriptedRegistry registry) => string.Join(' ', registry.Seen.Select(s => s.Method));
}
