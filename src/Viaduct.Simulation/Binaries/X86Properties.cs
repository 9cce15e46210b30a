using System.Buffers.Binary;

namespace Viaduct.Simulation;

/// <summary>The instructions that an x86 program says it needs (x86-64 psABI, "Program Property"; linker option <c>-z x86-64-v3</c>).</summary>
internal static class X86Properties
{
    private const uint PropertyType0 = 5;

    /// <summary>GNU_PROPERTY_X86_ISA_1_NEEDED; a bit each for baseline, v2, v3 and v4.</summary>
    private const uint IsaNeeded = 0xc0008002;

    public static bool Concern(BinaryFormat elf) => elf.Architecture is "amd64" or "x32" or "386";

    /// <summary>Null when the notes have no such property or do not keep to their form.</summary>
    public static ProcessorLevel? Read(ReadOnlySpan<byte> notes, int bits)
    {
        var align = bits / 8;
        while (notes.Length >= 12)
        {
            var (name, size, type) = (Word(notes, 0), Word(notes, 4), Word(notes, 8));
            var start = Up(12L + name, align);
            if (name > notes.Length || size > notes.Length || start + size > notes.Length) return null;
            var description = notes.Slice((int)start, (int)size);
            if (type == PropertyType0 && notes[12..].StartsWith("GNU\0"u8)) return ReadProperties(description, align);
            notes = notes[(int)Math.Min(notes.Length, Up(start + size, align))..];
        }
        return null;
    }

    private static ProcessorLevel? ReadProperties(ReadOnlySpan<byte> properties, int align)
    {
        while (properties.Length >= 8)
        {
            var (type, size) = (Word(properties, 0), Word(properties, 4));
            if (size > properties.Length - 8) return null;
            if (type == IsaNeeded && size == 4)
                return Word(properties, 8) switch { 0 => null, var needed when (needed & ~0xfu) != 0 => null, var needed => new ProcessorLevel(Highest(needed), Certain: true) };
            properties = properties[(int)Math.Min(properties.Length, Up(8L + size, align))..];
        }
        return null;
    }

    private static int Highest(uint bits) => 32 - int.CreateChecked(uint.LeadingZeroCount(bits));

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Up(long value, int align) => (value + align - 1) / align * align;
}
