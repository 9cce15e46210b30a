namespace Viaduct.Simulation;

/// <summary>The ELF header (System V gABI, "ELF Header").</summary>
/// <param name="Programs">Where the program headers lie.</param>
/// <param name="Sections">Where the section headers lie; a size of 0 when there are none.</param>
internal sealed record ElfHeader(BinaryFormat Elf, ulong Entry, (ulong Offset, int Size) Programs, (ulong Offset, int Size) Sections)
{
    /// <summary>EF_MIPS_ABI2: the n32 ABI (linux arch/mips/include/asm/elf.h).</summary>
    private const uint MipsAbi2 = 0x20;

    public static ElfHeader Read(ReadOnlySpan<byte> head)
    {
        var elf = new BinaryFormat { Kind = BinaryKind.Elf };
        if (head.Length < 52) return Damaged(elf, "its ELF header is cut off");
        elf = elf with { Bits = head[4] switch { 1 => 32, 2 => 64, _ => 0 }, BigEndian = head[5] == 2, SystemAbi = head[7] };
        if (elf.Bits == 0 || head[5] is not (1 or 2)) return Damaged(elf, "its ELF header has no known class and byte order");
        if (head.Length < (elf.Bits == 64 ? 64 : 52)) return Damaged(elf, "its ELF header is cut off");

        var bytes = new ElfBytes(head, elf.BigEndian);
        var wide = elf.Bits == 64;
        elf = elf with { Type = bytes.Half(16), Machine = bytes.Half(18), Flags = bytes.Word(wide ? 48 : 36) };
        elf = elf with { Architecture = NameOf(elf) };
        var (size, count) = (bytes.Half(wide ? 54 : 42), bytes.Half(wide ? 56 : 44));
        var isProgram = elf.Type is BinaryFormat.Executable or BinaryFormat.PositionIndependent;
        // load_elf_phdrs: entries of the one right size, at least one, in 64 KiB at most and in one page of memory.
        if (isProgram && (size != ElfSegments.EntrySize(elf) || count == 0 || size * count > LargestTable(elf)))
            return Damaged(elf, "it has no usable program headers");
        return new ElfHeader(elf, bytes.Wide(24, elf.Bits),
            isProgram ? (bytes.Wide(wide ? 32 : 28, elf.Bits), size * count) : default,
            (bytes.Wide(wide ? 40 : 32, elf.Bits), bytes.Half(wide ? 58 : 46) * bytes.Half(wide ? 60 : 48)));
    }

    private static ElfHeader Damaged(BinaryFormat elf, string defect) => new(elf with { Defect = defect }, 0, default, default);

    private static string? NameOf(BinaryFormat elf) => elf is { Machine: 8, Bits: 32 } && (elf.Flags & MipsAbi2) != 0
        ? elf.BigEndian ? "mipsn32" : "mipsn32le"
        : BinaryArchitecture.OfElf(elf.Machine, elf.Bits, elf.BigEndian)?.Name;

    /// <summary>ELF_MIN_ALIGN is a page: 4 KiB where no kernel has others.</summary>
    private static int LargestTable(BinaryFormat elf) => elf.Architecture is "386" or "amd64" or "x32" or "arm" or "s390x" or "riscv64" ? 4096 : 65536;
}
