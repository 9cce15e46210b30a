namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>A body on its way in which something happens at a certain byte; both ways, because a server reads requests and writes answers.</summary>
/// <param name="where">The byte; asked for when the first ones come.</param>
/// <param name="happens">Given what is passed on in one piece, and where in it the byte is; gives back what is passed on in its place.</param>
internal sealed class Spoiled(Stream inner, Func<long> where, Func<byte[], int, Task<byte[]>> happens) : Stream
{
    private long? _at;
    private long _passed;

    public override bool CanRead => inner.CanRead;
    public override bool CanWrite => inner.CanWrite;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _passed; set => throw new NotSupportedException(); }

    public static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 0x20;
        return bytes;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = await PassAsync(buffer.ToArray());
        await inner.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>No more and no fewer than were read: only <see cref="Flip"/> works this way.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        (await PassAsync(buffer[..count].ToArray())).CopyTo(buffer);
        return count;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    private async Task<byte[]> PassAsync(byte[] bytes)
    {
        if (bytes.Length == 0) return bytes;
        var at = _at ??= where();
        var begin = _passed;
        _passed += bytes.Length;
        return at >= begin && at < _passed ? await happens(bytes, (int)(at - begin)) : bytes;
    }

    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
