using System.Buffers.Binary;
using System.Text;

namespace Viaduct.Simulation;

/// <summary>An ELF header and its PT_INTERP (System V gABI, "ELF Header" and "Program Header"), held to what the kernel asks (linux fs/binfmt_elf.c).</summary>
internal static class ElfReading
{
    private const int PathMax = 4096;
    private const uint Interp = 3;

    public static async ValueTask<BinaryFormat> ReadAsync(HeadReader reader, CancellationToken cancellationToken)
    {
        var (elf, table) = ReadHeader(reader.Head.Span);
        if (elf.Defect is not null) return elf;
        if (await reader.ReadAtAsync(table.Offset, table.Size, cancellationToken).ConfigureAwait(false) is not { } headers)
            return elf with { Defect = "its program headers lie beyond its end" };
        if (FindInterpreter(headers.Span, elf) is not { } name) return elf;
        if (name.Size is < 2 or > PathMax) return elf with { Defect = "the name of its dynamic loader has no sensible length" };
        elf = elf with { HasInterpreter = true };
        return await reader.ReadAtAsync(name.Offset, (int)name.Size, cancellationToken).ConfigureAwait(false) is { } bytes
            ? WithInterpreter(elf, bytes.Span)
            : elf;
    }

    private static BinaryFormat WithInterpreter(BinaryFormat elf, ReadOnlySpan<byte> name) =>
        name[^1] != 0
            ? elf with { Defect = "the name of its dynamic loader does not end" }
            : elf with { Interpreter = Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]) };

    private static (BinaryFormat Elf, (ulong Offset, int Size) Table) ReadHeader(ReadOnlySpan<byte> head)
    {
        var elf = new BinaryFormat { Kind = BinaryKind.Elf };
        if (head.Length < 52) return (elf with { Defect = "its ELF header is cut off" }, default);
        elf = elf with { Bits = head[4] switch { 1 => 32, 2 => 64, _ => 0 }, BigEndian = head[5] == 2 };
        if (elf.Bits == 0 || head[5] is not (1 or 2)) return (elf with { Defect = "its ELF header has no known class and byte order" }, default);
        if (head.Length < (elf.Bits == 64 ? 64 : 52)) return (elf with { Defect = "its ELF header is cut off" }, default);

        var machine = Half(head, 18, elf.BigEndian);
        elf = elf with
        {
            Type = Half(head, 16, elf.BigEndian),
            Machine = machine,
            Architecture = BinaryArchitecture.OfElf(machine, elf.Bits, elf.BigEndian)?.Name,
        };
        var wide = elf.Bits == 64;
        var offset = wide ? Long(head, 32, elf.BigEndian) : Word(head, 28, elf.BigEndian);
        var (size, count) = (Half(head, wide ? 54 : 42, elf.BigEndian), Half(head, wide ? 56 : 44, elf.BigEndian));
        var isProgram = elf.Type is BinaryFormat.Executable or BinaryFormat.PositionIndependent;
        // load_elf_phdrs: entries of the one right size, at least one, in 64 KiB at most.
        if (isProgram && (size != EntrySize(elf) || count == 0 || size * count > 65536))
            return (elf with { Defect = "it has no usable program headers" }, default);
        return (elf, isProgram ? (offset, size * count) : default);
    }

    private static (ulong Offset, ulong Size)? FindInterpreter(ReadOnlySpan<byte> table, BinaryFormat elf)
    {
        for (var entrySize = EntrySize(elf); table.Length >= entrySize; table = table[entrySize..])
        {
            if (Word(table, 0, elf.BigEndian) != Interp) continue;
            return elf.Bits == 64
                ? (Long(table, 8, elf.BigEndian), Long(table, 32, elf.BigEndian))
                : (Word(table, 4, elf.BigEndian), Word(table, 16, elf.BigEndian));
        }
        return null;
    }

    private static int EntrySize(BinaryFormat elf) => elf.Bits == 64 ? 56 : 32;

    private static ushort Half(ReadOnlySpan<byte> bytes, int at, bool big) =>
        big ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Word(ReadOnlySpan<byte> bytes, int at, bool big) =>
        big ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong Long(ReadOnlySpan<byte> bytes, int at, bool big) =>
        big ? BinaryPrimitives.ReadUInt64BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
