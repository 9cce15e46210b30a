namespace Viaduct.Registry;

/// <summary>An answer's body that fails with a sentence when the connection breaks or stands still.</summary>
internal sealed class AnswerStream(Stream inner, Answer answer, Watchdog watchdog, Receipt receipt) : Stream
{
    private long _read;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            watchdog.Follow(cancellationToken);
            var reading = inner.ReadAsync(buffer, watchdog.Token);
            int count;
            if (reading.IsCompletedSuccessfully)
            {
                count = reading.Result;
            }
            else
            {
                watchdog.Arm(Patience.Body);
                count = await reading.ConfigureAwait(false);
                watchdog.Rest();
            }
            receipt.Received(count);
            _read += count;
            return count;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && TransportFailures.ExplainBody(e, answer, _read, watchdog) is { } explained)
        {
            throw explained;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Decompressors and tar readers are read synchronously in places; a thread waits there in any case.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            answer.End();
        }
        base.Dispose(disposing);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
