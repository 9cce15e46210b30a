namespace Viaduct.Oci.Tests;

public sealed class BlobSpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    [InlineData(1000, 1)]
    public async Task A_small_blob_is_in_memory_and_a_large_one_in_a_private_file(int size, int files)
    {
        await using var spool = new BlobSpool(_folder["spool"], memoryLimit: 10);
        var bytes = Enumerable.Range(0, size).Select(i => (byte)i).ToArray();
        var stream = spool.Begin();
        foreach (var part in bytes.Chunk(4)) await stream.WriteAsync(part);
        var blob = stream.Seal(new Descriptor("m", Digest.Sha256(bytes), size));

        for (var time = 0; time < 2; time++)
        {
            await using var first = await blob.OpenAsync(default);
            await using var second = await blob.OpenAsync(default);
            Assert.Equal(bytes, await All(first));
            Assert.Equal(bytes, await All(second));
        }
        var found = Directory.Exists(_folder["spool"]) ? Directory.GetFiles(_folder["spool"]) : [];
        Assert.Equal(files, found.Length);
        if (!OperatingSystem.IsWindows())
            foreach (var file in found)
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(size, stream.Length);

        await spool.DisposeAsync();
        Assert.All(found, f => Assert.False(File.Exists(f)));
        Assert.Throws<ObjectDisposedException>(spool.Begin);
    }

    [Fact]
    public async Task Many_small_blobs_share_one_budget_and_the_rest_goes_to_files()
    {
        await using var spool = new BlobSpool(_folder["spool"], memoryLimit: 1000, memoryBudget: 10_000);
        var bytes = new byte[600];
        Random.Shared.NextBytes(bytes);
        var blobs = new List<Blob>();
        for (var i = 0; i < 50; i++)
        {
            var stream = spool.Begin();
            foreach (var part in bytes.Chunk(250)) stream.Write(part);
            Assert.InRange(spool.MemoryUsed, 0, 10_000);
            blobs.Add(stream.Seal(new Descriptor("m", Digest.Sha256(bytes), bytes.Length)));
        }
        // Sealed, each takes its length and nothing more: 15 fit, and a 16th needs room to grow.
        var files = Directory.GetFiles(_folder["spool"]).Length;
        Assert.Equal((50 - files) * 600L, spool.MemoryUsed);
        Assert.InRange(50 - files, 15, 16);
        foreach (var blob in blobs)
        {
            await using var stream = await blob.OpenAsync(default);
            Assert.Equal(bytes, await All(stream));
        }
        await spool.DisposeAsync();
        Assert.Equal(0, spool.MemoryUsed);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(40)]
    public async Task A_sealed_blob_changes_no_more(int size)
    {
        await using var spool = new BlobSpool(_folder["spool"], memoryLimit: 10);
        var stream = spool.Begin();
        stream.Write(new byte[size]);
        Assert.Throws<ArgumentException>(() => stream.Seal(new Descriptor("m", Digest.Sha256([]), size + 1)));
        stream.Seal(new Descriptor("m", Digest.Sha256(new byte[size]), size));
        Assert.False(stream.CanWrite);
        Assert.Throws<ObjectDisposedException>(() => stream.Write(new byte[1]));
    }

    [Fact]
    public async Task Disposing_removes_what_was_never_sealed_and_bears_a_folder_that_is_gone()
    {
        var spool = new BlobSpool(_folder["spool"], memoryLimit: 0);
        spool.Begin().Write(new byte[3]);
        spool.Begin().Write(new byte[3]);
        await spool.DisposeAsync();
        Assert.Empty(Directory.GetFiles(_folder["spool"]));

        spool = new BlobSpool(_folder["gone"], memoryLimit: 0);
        spool.Begin().Write(new byte[3]);
        Directory.Delete(_folder["gone"], recursive: true);
        await spool.DisposeAsync();
        await spool.DisposeAsync();
    }

    private static async Task<byte[]> All(Stream stream)
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
