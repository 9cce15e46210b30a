using System.Buffers;
using System.Buffers.Binary;

namespace Viaduct.Oci.Compression;

/// <summary>
/// A block of input on its way to being a piece of a gzip member. It knows all that its bytes depend on: its dictionary, its
/// input, whether it opens the member and whether it ends it.
/// </summary>
internal sealed class CompressionUnit
{
    private const int FirstBuffer = 16 * 1024;
    private const int FullBuffer = PinnedGzip.WindowSize + PinnedGzip.BlockSize + MatchFinder.Padding;

    private readonly TaskCompletionSource _compressed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _start;
    private readonly bool _first;
    private byte[] _buffer;
    private byte[] _output = [];
    private int _end;
    private int _outputEnd;
    private bool _final;
    private uint _checksum;
    private uint _totalLength;

    private CompressionUnit(byte[] buffer, int dictionary, bool first)
    {
        _buffer = buffer;
        _start = dictionary;
        _end = dictionary;
        _first = first;
    }

    public bool IsFull => _end - _start == PinnedGzip.BlockSize;

    /// <summary>The input so far.</summary>
    public ReadOnlySpan<byte> Input => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Ends when the unit is compressed.</summary>
    public Task Compressed => _compressed.Task;

    /// <summary>What to write, once compressed.</summary>
    public ReadOnlyMemory<byte> Output => _output.AsMemory(0, _outputEnd);

    /// <summary>A small buffer, for most layers of small images end in it; it grows.</summary>
    public static CompressionUnit First() => new(ArrayPool<byte>.Shared.Rent(FirstBuffer), dictionary: 0, first: true);

    /// <summary>The unit after this one, which must be full. To be called before this one is compressed.</summary>
    public CompressionUnit Next()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FullBuffer);
        _buffer.AsSpan(_end - PinnedGzip.WindowSize, PinnedGzip.WindowSize).CopyTo(buffer);
        return new CompressionUnit(buffer, PinnedGzip.WindowSize, first: false);
    }

    /// <summary>Takes what fits and returns how much that was.</summary>
    public int Append(ReadOnlySpan<byte> data)
    {
        var count = Math.Min(data.Length, PinnedGzip.BlockSize - (_end - _start));
        var needed = _end + count + MatchFinder.Padding;
        if (needed > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(FullBuffer, Math.Max(needed, 4 * _buffer.Length)));
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        data[..count].CopyTo(_buffer.AsSpan(_end));
        _end += count;
        return count;
    }

    /// <summary>Makes this the member's last unit, with the trailer of RFC 1952 section 2.3.1.</summary>
    public void End(uint checksum, long totalLength)
    {
        _final = true;
        _checksum = checksum;
        _totalLength = unchecked((uint)totalLength);
    }

    /// <summary>Compresses on the calling thread. Never throws: an error is that of <see cref="Compressed"/>.</summary>
    public void Compress()
    {
        try
        {
            var header = _first ? PinnedGzip.Header : [];
            _output = ArrayPool<byte>.Shared.Rent(header.Length + DeflateEncoder.Bound(_end - _start) + PinnedGzip.TrailerSize);
            header.CopyTo(_output);
            var encoder = DeflateEncoder.Rent();
            _outputEnd = encoder.Encode(_buffer, _start, _end, _final, _output, header.Length);
            DeflateEncoder.Return(encoder);
            if (_final)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(_output.AsSpan(_outputEnd), _checksum);
                BinaryPrimitives.WriteUInt32LittleEndian(_output.AsSpan(_outputEnd + sizeof(uint)), _totalLength);
                _outputEnd += PinnedGzip.TrailerSize;
            }

            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _compressed.SetResult();
        }
        catch (Exception e)
        {
            _compressed.SetException(e);
        }
    }

    /// <summary>Gives the output's memory back; it must have been written.</summary>
    public void Release()
    {
        ArrayPool<byte>.Shared.Return(_output);
        _output = [];
        _outputEnd = 0;
    }
}
