using System.Buffers.Binary;

namespace Viaduct.Simulation.Tests;

/// <summary>The smallest Windows executables that tell something: headers, one section, and in it the .NET header and the load configuration.</summary>
internal static class PeFile
{
    private const int Header = 0x80, Section = 0x400, Rva = 0x2000;

    /// <param name="clr">The flags of the .NET header; none when null.</param>
    /// <param name="chpe">True for ARM64EC and ARM64X.</param>
    public static byte[] Make(
        ushort machine = 0x8664, ushort subsystem = 3, ushort characteristics = 0x22, uint? clr = null, bool chpe = false, int? magic = null, bool configFirst = false)
    {
        var bits = machine is 0x14c or 0x1c4 ? 32 : 64;
        var (optional, directories) = bits == 64 ? (240, 112) : (224, 96);
        var bytes = new byte[Section + 0x200];
        "MZ"u8.CopyTo(bytes);
        Word(0x3c, Header);
        "PE\0\0"u8.CopyTo(bytes.AsSpan(Header));
        Half(Header + 4, machine);
        Half(Header + 6, 1);
        Half(Header + 20, (ushort)optional);
        Half(Header + 22, characteristics);
        const int start = Header + 24;
        Half(start, (ushort)(magic ?? (bits == 64 ? 0x20b : 0x10b)));
        Half(start + 68, subsystem);
        Word(start + directories - 4, 16);
        var (clrAt, configAt) = configFirst ? (0x120, 0) : (0, 0x100);
        if (clr is { } flags)
        {
            Word(start + directories + 14 * 8, (uint)(Rva + clrAt));
            Word(start + directories + 14 * 8 + 4, 72);
            Word(Section + clrAt, 72);
            Word(Section + clrAt + 16, flags);
        }
        if (chpe)
        {
            Word(start + directories + 10 * 8, (uint)(Rva + configAt));
            Word(start + directories + 10 * 8 + 4, 0xe0);
            Word(Section + configAt, 0xe0);
            Word(Section + configAt + 200, 0x40001000);
        }
        var section = start + optional;
        ".text"u8.CopyTo(bytes.AsSpan(section));
        Word(section + 8, 0x200);
        Word(section + 12, Rva);
        Word(section + 16, 0x200);
        Word(section + 20, Section);
        return bytes;

        void Half(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), value);

        void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
    }
}
