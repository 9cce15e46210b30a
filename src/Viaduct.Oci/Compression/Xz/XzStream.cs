using System.Buffers.Binary;
using SharpCompress.Compressors.LZMA;

namespace Viaduct.Oci.Compression;

/// <summary>
/// Unpacks xz (xz-file-format 1.2): all streams of a file, with every checksum and the index looked at. SharpCompress decodes the LZMA2 in the
/// blocks; its own reader of the format checks no content and takes any dictionary.
/// </summary>
internal sealed class XzStream(Stream packed) : Stream
{
    /// <summary>As much as is allowed to zstd; xz at its highest level uses half of it.</summary>
    public const long MaxDictionary = 128L << 20;

    /// <summary>All that blocks may ask for one after the other: each is made anew.</summary>
    private const long MaxDictionaries = 64L << 30;

    private const int MaxBlocks = 1_000_000;

    private readonly XzInput _input = new(packed);
    private readonly List<(long Packed, long Unpacked)> _blocks = [];
    private byte[]? _flags;
    private XzBlockHeader _header;
    private LzmaStream? _block;
    private XzCheck? _check;
    private long _dictionaries;
    private long _begun;
    private long _content;
    private long _unpacked;
    private bool _ended;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (count == 0) return 0;
        while (!_ended)
        {
            if (_block is null && !BeginBlock()) continue;
            var read = _block!.Read(buffer, offset, count);
            if (read > 0)
            {
                _check!.Append(buffer.AsSpan(offset, read));
                _unpacked += read;
                return read;
            }
            EndBlock();
        }
        return 0;
    }

    /// <summary>False where there was an end instead: of a stream, or of all.</summary>
    private bool BeginBlock()
    {
        if (_flags is null && !BeginStream()) return false;
        _begun = _input.Position;
        var size = (byte)_input.ReadByte();
        if (size == 0)
        {
            EndStream();
            return false;
        }
        _header = XzBlockHeader.Read(_input, size);
        _dictionaries += _header.DictionarySize;
        if (_header.DictionarySize > MaxDictionary || _dictionaries > MaxDictionaries || _blocks.Count == MaxBlocks)
            throw new XzMemoryException();
        _content = _input.Position;
        _unpacked = 0;
        _check = new XzCheck(_flags![1]);
        _block = LzmaStream.Create([_header.Dictionary], _input, leaveOpen: true);
        return true;
    }

    private void EndBlock()
    {
        var packed = _input.Position - _content;
        if ((_header.Packed ?? packed) != packed || (_header.Unpacked ?? _unpacked) != _unpacked) throw new InvalidDataException("xz: a block has another size than it says");
        _input.SkipPadding(_content);
        var check = _check!.Finish();
        if (!_input.Take(check.Length).AsSpan().SequenceEqual(check)) throw new InvalidDataException("xz: a block's checksum is wrong");
        // Without the padding (section 4.3).
        _blocks.Add((_content - _begun + packed + check.Length, _unpacked));
        CloseBlock();
    }

    private bool BeginStream()
    {
        int next;
        var padding = 0;
        while ((next = _input.Peek()) == 0) padding++;
        _ended = next < 0;
        if ((padding & 3) != 0) throw new InvalidDataException("xz: the padding between streams is not a multiple of four");
        if (_ended) return false;
        byte[] header = [(byte)next, .. _input.Take(11)];
        if (!header.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 0]) || header[7] > 15) throw new InvalidDataException("xz: a stream does not begin as one");
        XzInput.RequireSum(header.AsSpan(6, 2), header.AsSpan(8));
        _flags = header[6..8];
        return true;
    }

    /// <summary>The index, whose first byte was read, and the footer (sections 4 and 2.1.2).</summary>
    private void EndStream()
    {
        var recorded = new List<byte> { 0 };
        int Next()
        {
            var next = _input.ReadByte();
            recorded.Add((byte)next);
            return next;
        }
        if (XzInput.Number(Next) != _blocks.Count) throw new InvalidDataException("xz: the index counts other blocks");
        foreach (var (packed, unpacked) in _blocks)
            if (XzInput.Number(Next) != packed || XzInput.Number(Next) != unpacked) throw new InvalidDataException("xz: the index has other sizes");
        while ((recorded.Count & 3) != 0)
            if (Next() != 0) throw new InvalidDataException("xz: the padding is not zero");
        XzInput.RequireSum(recorded.ToArray(), _input.Take(4));

        var footer = _input.Take(12);
        XzInput.RequireSum(footer.AsSpan(4, 6), footer);
        if ((BinaryPrimitives.ReadUInt32LittleEndian(footer.AsSpan(4)) + 1L) * 4 != recorded.Count + 4 || !footer.AsSpan(8, 2).SequenceEqual(_flags) || footer is not [.., (byte)'Y', (byte)'Z'])
            throw new InvalidDataException("xz: a stream does not end as one");
        _flags = null;
        _blocks.Clear();
    }

    private void CloseBlock()
    {
        _block?.Dispose();
        _check?.Dispose();
        (_block, _check) = (null, null);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseBlock();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
