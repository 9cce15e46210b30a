using System.Net;
using Viaduct.Oci;

namespace Viaduct.Server.Tests.Robustness;

/// <summary>Pushes that are cut, doubled, or find another server than they began with.</summary>
public sealed class InterruptedPushTests : IDisposable
{
    private static readonly byte[] Bytes = TestRegistry.Random(1 << 20);
    private static readonly Digest Name = Digest.Sha256(Bytes);
    private readonly string _store = TestRegistry.NewStore();

    public void Dispose() => Directory.Delete(_store, recursive: true);

    /// <summary>What a server knows of an upload stands in its store, so that another one on the same store goes on with it.</summary>
    [Fact]
    public async Task Upload_session_after_a_restart()
    {
        string location;
        await using (var first = await TestRegistry.StartAsync(_store))
        {
            location = await first.BeginAsync("a");
            Assert.Equal(202, await first.StatusAsync("PATCH", location, Bytes[..1000], ("Content-Range", "0-999")));
        }
        await using var second = await TestRegistry.StartAsync(_store);
        Assert.Equal("0-999", await second.RangeAsync(location));
        Assert.Equal(202, await second.StatusAsync("PATCH", location, Bytes[1000..], ("Content-Range", $"1000-{Bytes.Length - 1}")));
        Assert.Equal(201, await second.StatusAsync("PUT", $"{location}?digest={Name}"));
        Assert.Equal(Bytes, await second.Http.GetByteArrayAsync($"/v2/a/blobs/{Name}"));
    }

    [Fact]
    public async Task Upload_that_is_not_known()
    {
        await using var registry = await TestRegistry.StartAsync(_store);
        var location = (await registry.BeginAsync("a"))[..^4] + "0000";
        foreach (var method in (string[])["GET", "PATCH", "PUT", "DELETE"])
        {
            using var answer = await registry.SendAsync(method, $"{location}?digest={Name}", method == "GET" ? null : Bytes);
            Assert.Equal((HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN"), (answer.StatusCode, await answer.ErrorAsync()));
        }
    }

    /// <summary>What a client needs after a break: how far the registry is, and where to go on.</summary>
    [Fact]
    public async Task Chunked_upload_that_broke_off()
    {
        await using var registry = await TestRegistry.StartAsync(_store);
        var location = await registry.BeginAsync("a");
        await registry.BreakOffAsync(
            $"PATCH {location} HTTP/1.1\r\nHost: {registry.Server.Address}\r\nContent-Length: {Bytes.Length}\r\n\r\n" + string.Concat(Bytes[..5000].Select(b => (char)b)),
            async () => await registry.RangeAsync(location) == "0-4999");
        using var status = await registry.SendAsync("GET", location);
        Assert.Equal((HttpStatusCode.NoContent, "0-4999", location), (status.StatusCode, status.Header("Range"), status.Headers.Location?.ToString()));
        Assert.Equal(416, await registry.StatusAsync("PATCH", location, Bytes, ("Content-Range", $"0-{Bytes.Length - 1}")));
        Assert.Equal(202, await registry.StatusAsync("PATCH", location, Bytes[5000..], ("Content-Range", $"5000-{Bytes.Length - 1}")));
        Assert.Equal(201, await registry.StatusAsync("PUT", $"{location}?digest={Name}"));
    }

    [Fact]
    public async Task Concurrent_pushes_of_one_blob_at_the_server()
    {
        await using var registry = await TestRegistry.StartAsync(_store);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                using var answer = await registry.SendAsync("GET", $"/v2/a/blobs/{Name}");
                if (answer.StatusCode != HttpStatusCode.NotFound) Assert.Equal(Bytes, await answer.Content.ReadAsByteArrayAsync());
            }
        })).ToList();
        // Sessions of their own, and commits that nobody loses: PushBlobAsync asserts the 201.
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => registry.PushBlobAsync("a", Bytes)));
        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(Bytes, await registry.Http.GetByteArrayAsync($"/v2/a/blobs/{Name}"));
        Assert.Empty(Directory.EnumerateFiles(Path.Join(_store, "uploads")));
    }

    [Fact]
    public async Task Interrupted_upload_at_the_server()
    {
        var clock = new MovedClock();
        await using var registry = await TestRegistry.StartAsync(_store, o => o with { Clock = clock });
        var location = await registry.BeginAsync("a");
        Assert.Equal(202, await registry.StatusAsync("PATCH", location, Bytes[..1000]));
        Assert.Equal(404, await registry.StatusAsync("HEAD", $"/v2/a/blobs/{Name}"));
        clock.Offset = TimeSpan.FromHours(20);
        await registry.BeginAsync("a");
        Assert.Equal(204, await registry.StatusAsync("GET", location));
        clock.Offset = TimeSpan.FromHours(30);
        await registry.BeginAsync("a");
        Assert.Equal(404, await registry.StatusAsync("GET", location));
    }

    [Fact]
    public async Task Upload_that_is_cancelled()
    {
        await using var registry = await TestRegistry.StartAsync(_store);
        var location = await registry.BeginAsync("a");
        Assert.Equal(202, await registry.StatusAsync("PATCH", location, Bytes));
        Assert.Equal(204, await registry.StatusAsync("DELETE", location));
        Assert.Equal(404, await registry.StatusAsync("GET", location));
        Assert.Empty(registry.Content());
    }
}
