using Viaduct.Oci.Compression;
using Xunit;

namespace Viaduct.Oci.Tests.Compression;

public sealed class PinnedGzipStreamFailureTests
{
    private static readonly byte[] Noise = TestData.Noise(8 * TestData.Block, seed: 11);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 300_000)]
    [InlineData(2, 0)]
    [InlineData(2, 300_000)]
    [InlineData(8, 1_000_000)]
    public async Task An_error_of_the_output_reaches_the_writer(int threads, int failsAfter)
    {
        using var sync = new FailingStream(failsAfter);
        Assert.Equal(FailingStream.Message, Assert.Throws<IOException>(() => Write(sync, threads)).Message);

        using var async = new FailingStream(failsAfter);
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await using var gzip = new PinnedGzipStream(async, threads);
            await gzip.WriteAsync(Noise, TestContext.Current.CancellationToken);
        });
        Assert.Equal(FailingStream.Message, error.Message);
    }

    [Fact]
    public void After_an_error_nothing_more_is_written()
    {
        using var output = new FailingStream(failsAfter: 0);
        var gzip = new PinnedGzipStream(output, threads: 2, leaveOpen: true);
        Assert.Throws<IOException>(() => gzip.Write(Noise));
        output.Works();

        Assert.False(gzip.CanWrite);
        Assert.Throws<InvalidOperationException>(() => gzip.Write(Noise));
        gzip.Dispose();
        Assert.Equal(0, output.Written);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_output_is_disposed_unless_it_is_left_open_also_when_it_fails(bool leaveOpen)
    {
        using var output = new FailingStream(failsAfter: 0);
        var gzip = new PinnedGzipStream(output, leaveOpen: leaveOpen);
        gzip.Write("text"u8);
        Assert.Throws<IOException>(gzip.Dispose);
        Assert.Equal(leaveOpen, output.CanWrite);
        gzip.Dispose();
    }

    [Fact]
    public async Task Cancelling_before_a_write_leaves_the_stream_usable()
    {
        using var output = new MemoryStream();
        await using (var gzip = new PinnedGzipStream(output, leaveOpen: true))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await gzip.WriteAsync(Noise, new CancellationToken(true)));
            await gzip.WriteAsync("text"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(Gzip.Compress("text"u8), output.ToArray());
    }

    [Fact]
    public async Task Cancelling_within_a_write_ends_the_stream()
    {
        using var cancellation = new CancellationTokenSource();
        using var output = new FailingStream(failsAfter: int.MaxValue) { OnWrite = cancellation.Cancel };
        await using var gzip = new PinnedGzipStream(output, threads: 2, leaveOpen: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await gzip.WriteAsync(Noise, cancellation.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await gzip.CompleteAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_complete_stream_takes_no_more_and_a_disposed_one_nothing()
    {
        using var output = new MemoryStream();
        var gzip = new PinnedGzipStream(output, leaveOpen: true);
        gzip.Write("text"u8);
        await gzip.CompleteAsync(TestContext.Current.CancellationToken);
        await gzip.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Throws<InvalidOperationException>(() => gzip.Write("more"u8));
        await gzip.DisposeAsync();
        await gzip.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => gzip.Write("more"u8));
        Assert.Throws<ObjectDisposedException>(gzip.Flush);
        Assert.Equal(Gzip.Compress("text"u8), output.ToArray());
    }

    [Fact]
    public void An_output_that_cannot_be_written_to_is_refused()
    {
        using var output = new MemoryStream([], writable: false);
        Assert.Throws<ArgumentException>(() => new PinnedGzipStream(output));
    }

    private static void Write(Stream output, int threads)
    {
        using var gzip = new PinnedGzipStream(output, threads);
        gzip.Write(Noise);
    }
}
