using Viaduct.Oci;

namespace Viaduct.Server.Tests;

/// <summary>A disk that fails, and what is answered when the client tries again.</summary>
public sealed class DurabilityTests : IDisposable
{
    private static readonly byte[] Bytes = "0123456789"u8.ToArray();

    private readonly string _store = TestRegistry.NewStore();
    private readonly List<string> _flushed = [];
    private volatile bool _broken;

    public void Dispose() => Directory.Delete(_store, recursive: true);

    private Task<TestRegistry> StartAsync() => TestRegistry.StartAsync(_store, o => o with { FlushDirectory = Flush });

    private void Flush(string directory)
    {
        if (_broken) throw new IOException("the disk is ill");
        lock (_flushed) _flushed.Add(Path.GetRelativePath(_store, directory).Replace('\\', '/'));
    }

    private void AssertFlushed(params string[] directories) => Assert.Superset(directories.ToHashSet(), _flushed.ToHashSet());

    private async Task<int> PostAsync(TestRegistry registry) =>
        await registry.StatusAsync("POST", $"/v2/a/blobs/uploads/?digest={Digest.Sha256(Bytes)}", Bytes);

    private static string Pool => $"blobs/sha256/{Digest.Sha256(Bytes).Hex[..2]}";

    private static readonly string[] Above = ["blobs/sha256", "blobs", "repositories/a/_layers", "repositories/a", "repositories", "."];

    [Fact]
    public async Task A_blob_that_came_again_after_a_failed_flush_is_acknowledged_after_a_good_one()
    {
        await using var registry = await StartAsync();
        _broken = true;
        Assert.Equal(500, await PostAsync(registry));
        _broken = false;
        Assert.Equal(201, await PostAsync(registry));
        AssertFlushed([Pool, "repositories/a/_layers/sha256", .. Above]);
    }

    [Fact]
    public async Task A_blob_that_came_again_after_a_crash_is_acknowledged_after_a_flush()
    {
        await using (var first = await StartAsync()) Assert.Equal(201, await PostAsync(first));
        _flushed.Clear();
        await using var second = await StartAsync();
        Assert.Equal(201, await PostAsync(second));
        AssertFlushed([Pool, "repositories/a/_layers/sha256", .. Above]);
        _flushed.Clear();
        Assert.Equal(201, await PostAsync(second));
        Assert.Empty(_flushed);
    }

    [Fact]
    public async Task A_mount_and_a_manifest_wait_for_what_they_build_upon()
    {
        byte[] manifest;
        await using (var first = await StartAsync())
        {
            Assert.Equal(201, await PostAsync(first));
            manifest = TestRegistry.Image(Bytes, Bytes);
            using var put = await first.PutManifestAsync("a", "v1", manifest);
        }
        var own = $"blobs/sha256/{Digest.Sha256(manifest).Hex[..2]}";
        _flushed.Clear();
        await using (var second = await StartAsync())
        {
            using var put = await second.PutManifestAsync("a", "v1", manifest);
            Assert.Equal(201, (int)put.StatusCode);
            AssertFlushed(own, Pool, "repositories/a/_layers/sha256", "repositories/a/_manifests/sha256", "repositories/a/_tags");
        }
        _flushed.Clear();
        await using var third = await StartAsync();
        Assert.Equal(201, await third.StatusAsync("POST", $"/v2/b/blobs/uploads/?mount={Digest.Sha256(Bytes)}&from=a"));
        AssertFlushed(Pool, "repositories/b/_layers/sha256");
    }
}
