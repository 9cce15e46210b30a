namespace Viaduct.Simulation;

/// <summary>Reads pieces of a stream that only goes forward: its head, which is kept, and then what lies further on.</summary>
internal sealed class HeadReader(Stream stream)
{
    /// <summary>A page: headers and, in what linkers write, the interpreter's name lie in it.</summary>
    private const int HeadSize = 4096;

    /// <summary>Tools that patch programs move the interpreter's name to the end; programs beyond this size are not read for it.</summary>
    private const long Furthest = 512L << 20;

    private readonly byte[] _head = new byte[HeadSize];
    private int _length;
    private long _position;

    public ReadOnlyMemory<byte> Head => _head.AsMemory(0, _length);

    public async ValueTask BeginAsync(CancellationToken cancellationToken) =>
        _position = _length = await stream.ReadAtLeastAsync(_head, HeadSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);

    /// <summary>The bytes at an offset; null when the stream ends before, or when they were passed already.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAtAsync(ulong offset, int length, CancellationToken cancellationToken)
    {
        if (offset > (ulong)Furthest) return null;
        var start = (long)offset;
        if (start + length <= _length) return Head.Slice((int)start, length);
        var bytes = new byte[length];
        var known = 0;
        if (start < _length && _position == _length)
        {
            Head[(int)start..].CopyTo(bytes);
            known = _length - (int)start;
        }
        else if (start < _position || !await SkipToAsync(start, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }
        var read = await stream.ReadAtLeastAsync(bytes.AsMemory(known), length - known, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        _position += read;
        // Not '?:': a null array would become empty memory.
        if (known + read < length) return null;
        return bytes;
    }

    private async ValueTask<bool> SkipToAsync(long offset, CancellationToken cancellationToken)
    {
        var scratch = new byte[1 << 16];
        while (_position < offset)
        {
            var wanted = (int)Math.Min(scratch.Length, offset - _position);
            var read = await stream.ReadAsync(scratch.AsMemory(0, wanted), cancellationToken).ConfigureAwait(false);
            if (read == 0) return false;
            _position += read;
        }
        return true;
    }
}
