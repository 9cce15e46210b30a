using System.Buffers.Binary;
using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>The smallest ELF programs that a kernel would look at.</summary>
internal static class ElfFile
{
    public static readonly byte[] Amd64 = Make(62), Arm64 = Make(183), Arm = Make(40, bits: 32), I386 = Make(3, bits: 32);

    /// <param name="interpreterAt">Where the name of the dynamic loader lies; right behind the headers when null.</param>
    public static byte[] Make(ushort machine, int bits = 64, bool big = false, ushort type = 2, string? interpreter = null, int? interpreterAt = null)
    {
        var (header, entry) = bits == 64 ? (64, 56) : (52, 32);
        var name = interpreter is null ? [] : Encoding.UTF8.GetBytes(interpreter + "\0");
        var at = interpreterAt ?? header + entry;
        var bytes = new byte[Math.Max(header + entry, name.Length == 0 ? 0 : at + name.Length)];
        byte[] magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)(bits / 32), (byte)(big ? 2 : 1), 1];
        magic.CopyTo(bytes, 0);
        Half(16, type);
        Half(18, machine);
        Wide(bits == 64 ? 32 : 28, header);
        Half(bits == 64 ? 54 : 42, entry);
        Half(bits == 64 ? 56 : 44, 1);
        Word(header, interpreter is null ? 1 : 3);
        Wide(header + (bits == 64 ? 8 : 4), at);
        Wide(header + (bits == 64 ? 32 : 16), name.Length);
        name.CopyTo(bytes.AsSpan(Math.Min(at, bytes.Length)));
        return bytes;

        void Half(int offset, int value)
        {
            if (big) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(offset), (ushort)value);
            else BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), (ushort)value);
        }

        void Word(int offset, int value)
        {
            if (big) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(offset), value);
            else BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), value);
        }

        void Wide(int offset, int value)
        {
            if (bits == 32) Word(offset, value);
            else if (big) BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(offset), value);
            else BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(offset), value);
        }
    }
}
