using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Viaduct.Oci.Compression;

/// <summary>
/// Packs bits from the least significant one up (RFC 1951 section 3.1.1). Bits gather in a word, and <see cref="Flush"/>
/// stores the whole word but advances over complete bytes only, so the output needs eight bytes of slack.
/// </summary>
internal ref struct BitWriter
{
    public const int Slack = 8;

    private readonly ref byte _output;
    private ulong _bits;
    private int _count;
    private int _position;

    public BitWriter(byte[] output, int start)
    {
        _position = start;
        _output = ref MemoryMarshal.GetArrayDataReference(output);
    }

    /// <summary>Bits waiting for their byte to fill.</summary>
    public readonly int Pending => _count;

    /// <summary>At most 56 bits between two flushes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint bits, int count)
    {
        _bits |= (ulong)bits << _count;
        _count += count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flush()
    {
        var word = BitConverter.IsLittleEndian ? _bits : BinaryPrimitives.ReverseEndianness(_bits);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref _output, _position), word);
        _position += _count >> 3;
        _bits >>= _count & ~7;
        _count &= 7;
    }

    /// <summary>A stored block (RFC 1951 section 3.2.4); an empty one is the marker that aligns to a byte.</summary>
    public void AddStored(ReadOnlySpan<byte> data, bool final)
    {
        Add(final ? 1u : 0u, 3);
        Flush();
        _count = (_count + 7) & ~7;
        Flush();
        Add((uint)data.Length | ((uint)~data.Length << 16), 32);
        Flush();
        data.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _output, _position), data.Length));
        _position += data.Length;
    }

    /// <summary>Fills the last byte with zeros and returns where the output ends.</summary>
    public int Finish()
    {
        _count = (_count + 7) & ~7;
        Flush();
        return _position;
    }
}
