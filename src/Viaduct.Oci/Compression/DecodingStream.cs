namespace Viaduct.Oci.Compression;

/// <summary>A decoder whose complaints about its bytes are all <see cref="InvalidDataException"/>, whatever its own types are.</summary>
/// <param name="packed">What the decoder leaves open.</param>
internal sealed class DecodingStream(Stream decoder, Stream? packed = null) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return decoder.Read(buffer, offset, count);
        }
        // Of damaged input decoders think all sorts of things: an index out of range, an overflow.
        catch (Exception e) when (e is not (IOException or InvalidDataException or ViaductException or XzMemoryException or OperationCanceledException or OutOfMemoryException))
        {
            throw new InvalidDataException("the decoder failed", e);
        }
    }

    /// <summary>Both decoders read and compute on the thread of the caller.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = System.Buffers.ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            var count = Read(bytes, 0, buffer.Length);
            bytes.AsSpan(0, count).CopyTo(buffer.Span);
            return ValueTask.FromResult(count);
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder.Dispose();
            packed?.Dispose();
        }
        base.Dispose(disposing);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
