namespace Viaduct.Oci.Layers;

/// <summary>The content of one entry: exactly its size, and an error when the archive ends before.</summary>
internal sealed class TarContentStream(Stream input, long size, string? where) : Stream
{
    private readonly long _size = size;
    private bool _stale;

    /// <summary>What has not been read yet.</summary>
    public long Left { get; private set; } = size;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => _size;
    public override long Position { get => _size - Left; set => throw new NotSupportedException(); }

    /// <summary>The reader has moved on: these bytes are no longer this entry's.</summary>
    public void Retire() => _stale = true;

    public override int Read(Span<byte> buffer)
    {
        var part = buffer[..Wanted(buffer.Length)];
        return part.IsEmpty ? 0 : Account(input.Read(part));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var part = buffer[..Wanted(buffer.Length)];
        return part.IsEmpty ? 0 : Account(await input.ReadAsync(part, cancellationToken).ConfigureAwait(false));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int Wanted(int asked) =>
        _stale ? throw new InvalidOperationException("The archive was read on; an entry's content is read before the next entry.")
            : (int)Math.Min(asked, Left);

    private int Account(int count)
    {
        if (count == 0) throw LayerErrors.BadArchive($"it ends {Left} bytes before the end of an entry", where);
        Left -= count;
        return count;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
