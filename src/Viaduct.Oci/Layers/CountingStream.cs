namespace Viaduct.Oci.Layers;

/// <summary>
/// A stream whose first bytes were read already to see what it is, read from its start and counted. The count has a limit:
/// a decompressor reads on and on where what it reads gives nothing (empty members, skippable frames).
/// </summary>
internal sealed class CountingStream(ReadOnlyMemory<byte> head, Stream rest, long limit = long.MaxValue, string? where = null) : Stream
{
    private readonly byte[] _tail = new byte[8];
    private ReadOnlyMemory<byte> _head = head;

    public long Count { get; private set; }

    /// <summary>The last eight bytes that were read.</summary>
    public ReadOnlySpan<byte> Tail => _tail;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => Count; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => Account(buffer, _head.IsEmpty ? rest.Read(buffer) : TakeHead(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = _head.IsEmpty ? await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) : TakeHead(buffer.Span);
        return Account(buffer.Span, count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int TakeHead(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _head.Length);
        _head.Span[..count].CopyTo(buffer);
        _head = _head[count..];
        return count;
    }

    private int Account(ReadOnlySpan<byte> buffer, int count)
    {
        Count += count;
        if (Count > limit) throw LayerErrors.TooMuch($"more than {limit} bytes", where);
        var last = buffer[Math.Max(0, count - _tail.Length)..count];
        _tail.AsSpan(last.Length).CopyTo(_tail);
        last.CopyTo(_tail.AsSpan(_tail.Length - last.Length));
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
