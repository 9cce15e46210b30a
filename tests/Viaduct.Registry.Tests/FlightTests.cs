using Microsoft.AspNetCore.Http;
using Viaduct.Oci;
using static Viaduct.Registry.Tests.Uploads;

namespace Viaduct.Registry.Tests;

/// <summary>Many pushes at once: one flight a blob, and no more requests than allowed.</summary>
public sealed class FlightTests
{
    private static readonly Blob Small = Samples.Blob(64 << 10);
    private static readonly Lock Counting = new();

    [Fact]
    public async Task One_blob_flies_once_however_many_push_it()
    {
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            await Task.Delay(50);
            if (http.Request.Method == "POST") await http.AnswerAsync(202, null, "", ("Location", "/upload/1"));
            else await TakeAsync(http, Small);
        });
        using var client = Samples.Client();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.Repository(registry).PushBlobAsync(Small, default)));
        Assert.Equal("POST PUT", Methods(registry));
    }

    /// <summary>distribution writes the link of a mounted blob in place: a second mount of a shared layer spoils the check of a manifest beside it.</summary>
    [Fact]
    public async Task A_blob_that_has_arrived_is_neither_sent_nor_mounted_again()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(201));
        using var client = Samples.Client();
        for (var child = 0; child < 3; child++)
        {
            var source = Reference.Parse($"{registry.Host}/team/base-{child}");
            await client.Repository(registry).PushBlobAsync(Small with { MountFrom = source }, default);
        }
        Assert.Equal("POST", Methods(registry));
    }

    [Fact]
    public async Task When_the_first_is_cancelled_the_next_flies()
    {
        var hold = new TaskCompletionSource();
        var posts = 0;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Method == "POST")
            {
                if (Interlocked.Increment(ref posts) == 1) await Task.WhenAny(hold.Task, Task.Delay(Timeout.Infinite, http.RequestAborted));
                await http.AnswerAsync(202, null, "", ("Location", "/upload/1"));
            }
            else await TakeAsync(http, Small);
        });
        using var client = Samples.Client();
        using var source = new CancellationTokenSource();
        var first = client.Repository(registry).PushBlobAsync(Small, source.Token);
        var second = client.Repository(registry).PushBlobAsync(Small, default);
        while (posts == 0) await Task.Delay(10);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await second;
        hold.SetResult();
    }

    [Fact]
    public async Task A_blob_is_copied_from_the_same_registry_even_when_one_request_fills_the_gate()
    {
        var blobs = Enumerable.Range(0, 8).Select(i => Samples.Bytes(200_000, i)).ToArray();
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Method == "GET") await http.Response.Body.WriteAsync(blobs.Single(b => http.Request.Path.Value!.EndsWith(Digest.Sha256(b).ToString())));
            else if (http.Request.Method == "POST") await http.AnswerAsync(202, null, "", ("Location", "/upload/1"));
            else if (http.Request.Method == "HEAD") await http.AnswerAsync(404);
            else { await http.Request.Body.CopyToAsync(Stream.Null); await http.AnswerAsync(201); }
        });
        using var client = Samples.Client(concurrency: 1);
        var (from, to) = (client.Repository(registry, "a/b"), client.Repository(registry, "c/d"));
        await Task.WhenAll(blobs.Select(b =>
        {
            var descriptor = new Descriptor(MediaTypes.OciLayerGzip, Digest.Sha256(b), b.Length);
            return to.PushBlobAsync(new Blob(descriptor, async token => await from.OpenBlobAsync(descriptor, token)), default);
        })).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(8, registry.Count("PUT", "/upload"));
    }

    [Fact]
    public async Task No_more_requests_are_under_way_than_allowed()
    {
        var (now, most) = (0, 0);
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            var n = Interlocked.Increment(ref now);
            lock (Counting) most = Math.Max(most, n);
            await Task.Delay(20);
            Interlocked.Decrement(ref now);
            await http.AnswerAsync(201);
        });
        using var client = Samples.Client(concurrency: 4);
        var source = Reference.Parse($"{registry.Host}/team/base");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.Repository(registry).PushBlobAsync(Samples.Blob(1000 + i) with { MountFrom = source }, default)));
        Assert.InRange(most, 2, 4);
    }
}
