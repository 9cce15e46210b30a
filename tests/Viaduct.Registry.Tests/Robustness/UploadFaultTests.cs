using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>Uploads that break off, whose answer is lost, or that come twice.</summary>
public sealed class UploadFaultTests
{
    private static readonly Blob Large = Samples.Blob(3 << 20, seed: 5);
    private readonly UploadBed _bed = new();

    private Task<ScriptedRegistry> StartAsync() => ScriptedRegistry.StartAsync(_bed.HandleAsync);

    private static async Task FailAsync(HttpContext http, string how)
    {
        switch (how)
        {
            case "broken off":
                http.Abort();
                break;
            case "no answer":
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { });
                break;
            default:
                await http.AnswerErrorAsync(int.Parse(how.Split(' ')[0]), how.Split(' ')[1]);
                break;
        }
    }

    /// <summary>The registry has the blob, or has not: it is asked, and nothing is sent twice that is there.</summary>
    [Theory]
    [InlineData("502 BAD_GATEWAY", true)]
    [InlineData("504 TIMEOUT", true)]
    [InlineData("404 BLOB_UPLOAD_UNKNOWN", true)]
    [InlineData("404 BLOB_UNKNOWN", true)]
    [InlineData("broken off", true)]
    [InlineData("no answer", true)]
    [InlineData("502 BAD_GATEWAY", false)]
    [InlineData("404 BLOB_UPLOAD_UNKNOWN", false)]
    [InlineData("broken off", false)]
    public async Task Commit_PUT_lost(string how, bool stored)
    {
        var lost = 0;
        async Task<bool> LoseAsync(HttpContext http, string word)
        {
            if (word != "PUT" || Interlocked.Increment(ref lost) > 1) return false;
            if (!stored) await http.Request.Body.CopyToAsync(Stream.Null);
            await FailAsync(http, how);
            return true;
        }
        if (stored) _bed.Lose = LoseAsync;
        else _bed.Refuse = LoseAsync;
        await using var registry = await StartAsync();
        using var client = Samples.Client(new TestClock { StallsComeAtOnce = how == "no answer" });
        await client.Repository(registry).PushBlobAsync(Large, default);
        Assert.Equal(Large.Descriptor.Size, _bed.Blobs[Large.Descriptor.Digest].Length);
        if (stored) Assert.Equal((1, 1), (_bed.Count("POST"), _bed.Count("PUT")));
        Assert.True(_bed.Count("HEAD") >= 2);
    }

    [Theory]
    [InlineData("404 BLOB_UPLOAD_UNKNOWN")]
    [InlineData("400 BLOB_UPLOAD_UNKNOWN")]
    public async Task Upload_session_on_another_replica(string how)
    {
        var lost = 0;
        _bed.Refuse = async (http, word) =>
        {
            if (word != "PUT" || Interlocked.Increment(ref lost) > 1) return false;
            await http.Request.Body.CopyToAsync(Stream.Null);
            _bed.Forget();
            await FailAsync(http, how);
            return true;
        };
        await using var registry = await StartAsync();
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Large, default);
        Assert.Equal(Large.Descriptor.Size, _bed.Blobs[Large.Descriptor.Digest].Length);
        Assert.Equal((2, 2), (_bed.Count("POST"), _bed.Count("PUT")));
    }

    /// <summary>One flight in this process; another process asks first and finds it.</summary>
    [Fact]
    public async Task Concurrent_pushes_of_one_blob()
    {
        var begun = 0;
        var all = new TaskCompletionSource();
        _bed.Refuse = async (_, _) =>
        {
            await all.Task;
            return false;
        };
        await using var registry = await StartAsync();
        using var client = Samples.Client();
        var pushes = Enumerable.Range(0, 8).Select(_ =>
        {
            begun++;
            return client.Repository(registry).PushBlobAsync(Large, default);
        }).ToList();
        Assert.Equal(8, begun);
        all.SetResult();
        await Task.WhenAll(pushes);
        Assert.Equal((1, 1, 1), (_bed.Count("HEAD"), _bed.Count("POST"), _bed.Count("PUT")));

        using var other = Samples.Client();
        await other.Repository(registry).PushBlobAsync(Large, default);
        Assert.Equal((2, 1, 1), (_bed.Count("HEAD"), _bed.Count("POST"), _bed.Count("PUT")));
    }

    /// <summary>A push that was ended takes its session along, leaves nothing that another one could take for the blob, and the next begins anew.</summary>
    [Fact]
    public async Task Interrupted_upload()
    {
        await using var registry = await StartAsync();
        using var source = new CancellationTokenSource();
        var half = new Blob(Large.Descriptor, async token => new HaltingStream(await Large.OpenAsync(token), 1 << 20, source));
        using (var client = new RegistryClient(new RegistryOptions { Clock = new PatientClock(), Credentials = NoCredentials.Instance }))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Repository(registry).PushBlobAsync(half, source.Token));
        Assert.Empty(_bed.Blobs);
        Assert.Equal((1, 0), (_bed.Count("DELETE"), _bed.Sessions));
        using var next = Samples.Client();
        await next.Repository(registry).PushBlobAsync(Large, default);
        Assert.Equal(Large.Descriptor.Size, _bed.Blobs[Large.Descriptor.Digest].Length);
        Assert.Equal(2, _bed.Count("POST"));
    }

    /// <summary>No limit of time is ever reached: a client that has been stopped has little patience for its farewell.</summary>
    private sealed class PatientClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the push when so many bytes have been read.</summary>
    private sealed class HaltingStream(Stream inner, long after, CancellationTokenSource end) : MemoryStream
    {
        private long _read;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read >= after)
            {
                await end.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }
            var count = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, 1 << 16)], cancellationToken);
            _read += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
