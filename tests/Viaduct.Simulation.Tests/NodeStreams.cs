using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>A stream that makes its text while it is read, and knows how much of it was asked for.</summary>
internal sealed class Repeated(int count, string begin, Func<int, string> item, string end) : ReadOnlyStream
{
    private byte[] _part = Encoding.UTF8.GetBytes(begin);
    private int _at;
    private int _next;
    private bool _ended;

    public long Total { get; private set; }

    /// <summary>The most bytes that one read asked for.</summary>
    public int LargestRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int length)
    {
        LargestRead = Math.Max(LargestRead, length);
        var done = 0;
        while (done < length)
        {
            if (_at == _part.Length)
            {
                if (_ended) break;
                _ended = _next == count;
                _part = Encoding.UTF8.GetBytes(_ended ? end : item(_next++));
                _at = 0;
                continue;
            }
            var now = Math.Min(length - done, _part.Length - _at);
            _part.AsSpan(_at, now).CopyTo(buffer.AsSpan(offset + done));
            (_at, done) = (_at + now, done + now);
        }
        Total += done;
        return done;
    }
}

/// <summary>A stream that gives a few bytes at a time, as a pipe does.</summary>
internal sealed class Dripping(byte[] bytes, int block) : ReadOnlyStream
{
    private int _at;

    public override int Read(byte[] buffer, int offset, int length)
    {
        var now = Math.Min(Math.Min(length, block), bytes.Length - _at);
        bytes.AsSpan(_at, now).CopyTo(buffer.AsSpan(offset));
        _at += now;
        return now;
    }
}

internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
