using System.Buffers;

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
    private ArmAttributeScan? _scan;

    public ReadOnlyMemory<byte> Head => _head.AsMemory(0, _length);

    /// <summary>How much of the stream has been read.</summary>
    public long Position { get; private set; }

    public async ValueTask BeginAsync(CancellationToken cancellationToken) =>
        Position = _length = await stream.ReadAtLeastAsync(_head, HeadSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);

    /// <summary>Shows every byte to a scan: those of the head now, all others when they pass. To be called before anything else is read.</summary>
    public void Watch(ArmAttributeScan? scan)
    {
        _scan = scan;
        scan?.See(Head.Span);
    }

    /// <summary>The bytes at an offset; null when the stream ends before, or when they were passed already.</summary>
    /// <param name="length">Held to a sensible bound by the caller: it is allocated before it is read.</param>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAtAsync(ulong offset, int length, CancellationToken cancellationToken)
    {
        if (offset > (ulong)Furthest) return null;
        var start = (long)offset;
        if (start + length <= _length) return Head.Slice((int)start, length);
        // A head that is not full is all there is.
        if (_length < HeadSize) return null;
        var bytes = new byte[length];
        var known = 0;
        if (start < _length && Position == _length)
        {
            Head[(int)start..].CopyTo(bytes);
            known = _length - (int)start;
        }
        else if (start < Position || !await SkipToAsync(start, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }
        var read = await stream.ReadAtLeastAsync(bytes.AsMemory(known), length - known, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        _scan?.See(bytes.AsSpan(known, read));
        Position += read;
        // Not '?:': a null array would become empty memory.
        if (known + read < length) return null;
        return bytes;
    }

    /// <summary>False when the stream ends before, or when the offset is too far.</summary>
    public async ValueTask<bool> SkipToAsync(long offset, CancellationToken cancellationToken)
    {
        if (offset > Furthest) return false;
        var scratch = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (Position < offset)
            {
                var read = await stream.ReadAsync(scratch.AsMemory(0, (int)Math.Min(scratch.Length, offset - Position)), cancellationToken).ConfigureAwait(false);
                if (read == 0) return false;
                _scan?.See(scratch.AsSpan(0, read));
                Position += read;
            }
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }
}
