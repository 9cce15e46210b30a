namespace Viaduct.Build.Engines;

/// <summary>Splits an engine's answer into its lines, none longer than a limit.</summary>
internal sealed class LineReader(Stream stream, int limit)
{
    private byte[] _buffer = new byte[1 << 14];
    private int _start;
    private int _end;

    /// <summary>The next line without its end; null at the end of the stream. It is good until the next call.</summary>
    /// <exception cref="InvalidDataException">A line is longer than the limit.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        for (var seen = 0; ;)
        {
            var at = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (at >= 0)
            {
                ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, seen + at);
                _start += seen + at + 1;
                return line;
            }
            seen = _end - _start;
            if (seen > limit) throw new InvalidDataException($"a line has more than {limit} bytes");
            MakeRoom();
            var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                if (seen == 0) return null;
                ReadOnlyMemory<byte> last = _buffer.AsMemory(_start, seen);
                _start = _end;
                return last;
            }
            _end += count;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
