using System.Buffers.Binary;
using System.IO.Hashing;

namespace Viaduct.Oci.Compression;

/// <summary>Packed bytes, counted. An end is an error for whoever reads from here: decoders go on with what is not there.</summary>
internal sealed class XzInput(Stream packed) : Stream
{
    private readonly BufferedStream _packed = new(packed, 1 << 16);

    private long _count;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _count; set => throw new NotSupportedException(); }

    /// <summary>The next byte, or -1 where the packed bytes may end.</summary>
    public int Peek()
    {
        var next = _packed.ReadByte();
        if (next >= 0) _count++;
        return next;
    }

    public override int ReadByte() => Peek() is >= 0 and var next ? next : throw new EndOfStreamException();

    public override int Read(Span<byte> buffer)
    {
        var count = _packed.Read(buffer);
        _count += count;
        return count > 0 || buffer.IsEmpty ? count : throw new EndOfStreamException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public byte[] Take(int count)
    {
        var bytes = new byte[count];
        ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Zeros up to a multiple of four.</summary>
    public void SkipPadding(long start)
    {
        while (((_count - start) & 3) != 0)
            if (ReadByte() != 0) throw new InvalidDataException("xz: the padding is not zero");
    }

    /// <summary>A number of seven bits a byte (xz-file-format 1.2, section 1.2).</summary>
    public static long Number(Func<int> next)
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var b = next();
            value |= (long)(b & 0x7f) << shift;
            if (b < 0x80) return b == 0 && shift > 0 ? throw new InvalidDataException("xz: a number is written too long") : value;
        }
        throw new InvalidDataException("xz: a number is too large");
    }

    public static void RequireSum(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> sum)
    {
        if (Crc32.HashToUInt32(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(sum)) throw new InvalidDataException("xz: a header's checksum is wrong");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _packed.Dispose();
        base.Dispose(disposing);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
