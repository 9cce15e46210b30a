namespace Viaduct.Simulation;

/// <summary>What of the program headers matters (System V gABI, "Program Header").</summary>
internal sealed record ElfSegments
{
    private const uint Load = 1, Interp = 3, Note = 4, GnuProperty = 0x6474e553;

    /// <summary>The largest page that a kernel has: what lies behind a segment in its last page is mapped with it.</summary>
    private const ulong Page = 0x10000;

    public bool Any { get; private init; }

    /// <summary>True when the first instruction lies in one.</summary>
    public bool HasEntry { get; private init; }

    /// <summary>Where the last one ends in the file.</summary>
    public ulong End { get; private init; }

    public (ulong Offset, ulong Size)? Interpreter { get; private init; }

    /// <summary>The note that may have <c>.note.gnu.property</c>.</summary>
    public (ulong Offset, ulong Size)? Properties { get; private init; }

    public static int EntrySize(BinaryFormat elf) => elf.Bits == 64 ? 56 : 32;

    public static ElfSegments Read(ReadOnlySpan<byte> table, BinaryFormat elf, ulong entry)
    {
        var all = new ElfSegments();
        var hasProperty = false;
        for (; table.Length >= EntrySize(elf); table = table[EntrySize(elf)..])
        {
            var bytes = new ElfBytes(table, elf.BigEndian);
            var wide = elf.Bits == 64;
            var (offset, address, size) = (bytes.Wide(wide ? 8 : 4, elf.Bits), bytes.Wide(wide ? 16 : 8, elf.Bits), bytes.Wide(wide ? 32 : 16, elf.Bits));
            switch (bytes.Word(0))
            {
                case Load:
                    all = all with { Any = true, HasEntry = all.HasEntry || Holds(address, size, entry), End = Math.Max(all.End, Sum(offset, size)) };
                    break;
                // The kernel takes the first one.
                case Interp when all.Interpreter is null:
                    all = all with { Interpreter = (offset, size) };
                    break;
                case GnuProperty:
                    (all, hasProperty) = (all with { Properties = (offset, size) }, true);
                    break;
                // Linkers before binutils 2.33 write the note without a segment of its own, aligned to a word of the class.
                case Note when !hasProperty && bytes.Wide(wide ? 48 : 28, elf.Bits) == (ulong)elf.Bits / 8:
                    all = all with { Properties = (offset, size) };
                    break;
            }
        }
        return all;
    }

    private static bool Holds(ulong address, ulong size, ulong entry) =>
        size > 0 && entry >= (address & ~(Page - 1)) && entry - (address & ~(Page - 1)) < Sum(size, address % Page, Page - 1) / Page * Page;

    /// <summary>A sum that does not come round.</summary>
    private static ulong Sum(params ReadOnlySpan<ulong> terms)
    {
        var sum = UInt128.Zero;
        foreach (var term in terms) sum += term;
        return sum > ulong.MaxValue ? ulong.MaxValue : (ulong)sum;
    }
}
