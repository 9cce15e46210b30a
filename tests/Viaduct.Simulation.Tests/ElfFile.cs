using System.Buffers.Binary;
using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>The smallest ELF programs that a kernel would take, of any processor.</summary>
internal static class ElfFile
{
    private const int Address = 0x10000;

    public static readonly byte[] Amd64 = Make(62), Arm64 = Make(183), Arm = Make(40, bits: 32), I386 = Make(3, bits: 32);

    /// <param name="interpreterAt">Where the name of the dynamic loader lies; right behind the headers when null.</param>
    /// <param name="flags">As a linker sets them when null.</param>
    /// <param name="entry">Behind the program headers when null.</param>
    /// <param name="note">A segment PT_GNU_PROPERTY.</param>
    /// <param name="attributes">A section .ARM.attributes, which ends the file together with the section headers.</param>
    /// <param name="attributesAt">Where that section lies.</param>
    public static byte[] Make(
        ushort machine, int bits = 64, bool big = false, ushort type = 2, string? interpreter = null, int? interpreterAt = null,
        uint? flags = null, ulong? entry = null, byte osAbi = 0, byte[]? note = null, byte[]? attributes = null, int? attributesAt = null)
    {
        var wide = bits == 64;
        var (header, size) = wide ? (64, 56) : (52, 32);
        var name = interpreter is null ? [] : Encoding.UTF8.GetBytes(interpreter + "\0");
        var count = 1 + (interpreter is null ? 0 : 1) + (note is null ? 0 : 1);
        var code = header + count * size;
        var noteAt = (code + 16 + 7) / 8 * 8;
        var nameAt = interpreterAt ?? noteAt + (note?.Length ?? 0);
        var loaded = noteAt + (note?.Length ?? 0) + (interpreterAt is null ? name.Length : 0);
        var sectionAt = attributesAt ?? Math.Max(loaded, name.Length == 0 ? 0 : nameAt + name.Length);
        var tableAt = (sectionAt + (attributes?.Length ?? 0) + 7) / 8 * 8;
        var bytes = new byte[attributes is not null ? tableAt + 2 * 40 : Math.Max(loaded, name.Length == 0 ? 0 : nameAt + name.Length)];

        byte[] magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)(bits / 32), (byte)(big ? 2 : 1), 1, osAbi];
        magic.CopyTo(bytes, 0);
        Half(16, type);
        Half(18, machine);
        var address = type == 3 ? 0UL : Address;
        Wide(24, entry ?? address + (ulong)code);
        Wide(wide ? 32 : 28, (ulong)header);
        Word(wide ? 48 : 36, flags ?? machine switch { 40 => 0x05000000, 21 => big ? 1u : 2u, 243 => 5, _ => 0 });
        Half(wide ? 52 : 40, header);
        Half(wide ? 54 : 42, size);
        Half(wide ? 56 : 44, count);
        Half(wide ? 58 : 46, wide ? 64 : 40);
        var at = header;
        Segment(1, 0, (ulong)loaded, 0x10000);
        if (interpreter is not null) Segment(3, nameAt, (ulong)name.Length, 1);
        if (note is not null) Segment(0x6474e553, noteAt, (ulong)note.Length, (ulong)bits / 8);
        name.CopyTo(bytes.AsSpan(Math.Min(nameAt, bytes.Length)));
        note?.CopyTo(bytes, noteAt);
        if (attributes is null) return bytes;

        attributes.CopyTo(bytes, sectionAt);
        Wide(wide ? 40 : 32, (ulong)tableAt);
        Half(wide ? 60 : 48, 2);
        Word(tableAt + 40 + 4, 0x70000003);
        Word(tableAt + 40 + 16, (uint)sectionAt);
        Word(tableAt + 40 + 20, (uint)attributes.Length);
        return bytes;

        void Segment(uint kind, int offset, ulong length, ulong align)
        {
            Word(at, kind);
            Wide(at + (wide ? 8 : 4), (ulong)offset);
            Wide(at + (wide ? 16 : 8), address + (ulong)offset);
            Wide(at + (wide ? 32 : 16), length);
            Wide(at + (wide ? 40 : 20), length);
            Wide(at + (wide ? 48 : 28), align);
            at += size;
        }

        void Half(int offset, int value)
        {
            if (big) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(offset), (ushort)value);
            else BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), (ushort)value);
        }

        void Word(int offset, uint value)
        {
            if (big) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(offset), value);
            else BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);
        }

        void Wide(int offset, ulong value)
        {
            if (!wide) Word(offset, (uint)value);
            else if (big) BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(offset), value);
            else BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), value);
        }
    }
}
