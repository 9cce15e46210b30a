namespace Viaduct.Oci.Layers;

/// <summary>Reads what a decompressor gives, within limits, and turns its complaints into errors that a user can read.</summary>
internal sealed class BoundedStream(Stream inner, CountingStream packed, LayerLimits limits, string where) : Stream
{
    /// <summary>
    /// A tar header. A decoder that fails keeps back what it had before: asked for much at once, an archive that is damaged behind its
    /// beginning would have no beginning, and would count as something else than an archive.
    /// </summary>
    private const int First = 512;

    private long _count;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _count; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Account(inner.Read(_count == 0 && buffer.Length > First ? buffer[..First] : buffer));
        }
        catch (Exception e) when (LayerCompression.Told(e, where) is { } told)
        {
            throw told;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Account(await inner.ReadAsync(_count == 0 && buffer.Length > First ? buffer[..First] : buffer, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (LayerCompression.Told(e, where) is { } told)
        {
            throw told;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int Account(int count)
    {
        _count += count;
        if (_count > limits.MaxBytes)
            throw LayerErrors.TooMuch($"more than {limits.MaxBytes} bytes unpacked", where);
        if (_count > limits.RatioGrace && _count / limits.MaxRatio > packed.Count)
            throw LayerErrors.TooMuch($"more than {limits.MaxRatio} times its packed size", where);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
