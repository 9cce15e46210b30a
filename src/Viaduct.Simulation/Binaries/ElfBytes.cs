using System.Buffers.Binary;

namespace Viaduct.Simulation;

/// <summary>Numbers of an ELF file, in its byte order.</summary>
internal readonly ref struct ElfBytes(ReadOnlySpan<byte> bytes, bool big)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public ushort Half(int at) => big ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(_bytes[at..]);

    public uint Word(int at) => big ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(_bytes[at..]);

    public ulong Long(int at) => big ? BinaryPrimitives.ReadUInt64BigEndian(_bytes[at..]) : BinaryPrimitives.ReadUInt64LittleEndian(_bytes[at..]);

    /// <summary>An address or offset, which is as wide as the file's class.</summary>
    public ulong Wide(int at, int bits) => bits == 64 ? Long(at) : Word(at);
}
