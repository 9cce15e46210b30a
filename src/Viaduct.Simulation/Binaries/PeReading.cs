using System.Buffers.Binary;

namespace Viaduct.Simulation;

/// <summary>A Windows executable (Microsoft Learn, "PE Format"; ECMA-335 II.25 for what .NET adds).</summary>
internal static class PeReading
{
    private const int OffsetOfPe = 0x3c, FileHeaderSize = 24, SectionSize = 40;

    /// <summary>Of 224 or 240 bytes in all that linkers write; and 96 sections are the limit of older Windows.</summary>
    private const int MaxOptional = 4096, MaxSections = 96;

    private const int LoadConfig = 10, ClrHeader = 14;
    private const ushort ExecutableImage = 0x2, Dll = 0x2000;

    public static async ValueTask<BinaryFormat> ReadAsync(HeadReader reader, CancellationToken cancellationToken)
    {
        var pe = new BinaryFormat { Kind = BinaryKind.Windows };
        var at = reader.Head.Length >= OffsetOfPe + 4 ? BinaryPrimitives.ReadUInt32LittleEndian(reader.Head.Span[OffsetOfPe..]) : uint.MaxValue;
        if (await reader.ReadAtAsync(at, FileHeaderSize, cancellationToken).ConfigureAwait(false) is not { } file || !file.Span.StartsWith("PE\0\0"u8))
            return pe with { Defect = "its PE header is not where it should be" };

        var (sections, optional, characteristics) = (Half(file, 6), Half(file, 20), Half(file, 22));
        pe = pe with { Machine = Half(file, 4), Architecture = BinaryArchitecture.Windows.GetValueOrDefault(Half(file, 4)), IsLibrary = (characteristics & Dll) != 0 };
        if ((characteristics & ExecutableImage) == 0) return pe with { Defect = "it is not linked to a program" };
        if (optional > MaxOptional || sections > MaxSections) return pe with { Defect = "its PE header has no sensible size" };
        if (await reader.ReadAtAsync((ulong)at + FileHeaderSize, optional + sections * SectionSize, cancellationToken).ConfigureAwait(false) is not { } rest)
            return pe with { Defect = "its PE header is cut off" };
        return await ReadRestAsync(pe, rest[..optional], rest[optional..], reader, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<BinaryFormat> ReadRestAsync(
        BinaryFormat pe, ReadOnlyMemory<byte> optional, ReadOnlyMemory<byte> sections, HeadReader reader, CancellationToken cancellationToken)
    {
        pe = pe with { Bits = optional.Length < 96 ? 0 : Half(optional, 0) switch { 0x10b => 32, 0x20b => 64, _ => 0 } };
        if (pe.Bits == 0 || (optional.Length < 112 && pe.Bits == 64)) return pe with { Defect = "its PE header is of no known kind" };
        // The loader takes nothing but PE32 for 32-bit machines and PE32+ for the others.
        if (pe.Architecture is { } own && (own is "386" or "arm") != (pe.Bits == 32)) return pe with { Defect = "its PE header is of the wrong width for its machine" };
        pe = pe with { Subsystem = Half(optional, 68) };
        var (clr, config) = (Place(ClrHeader, 20), pe.Bits == 64 ? Place(LoadConfig, 208) : null);
        // The stream goes forward only.
        if (config < clr) pe = await WithConfigAsync(pe, reader, config, cancellationToken).ConfigureAwait(false);
        if (clr is { } c && await reader.ReadAtAsync(c, 20, cancellationToken).ConfigureAwait(false) is { } header)
            pe = pe with { IsPortable = IsAnyProcessor(pe, Word(header, 16)) };
        return config < clr ? pe : await WithConfigAsync(pe, reader, config, cancellationToken).ConfigureAwait(false);

        ulong? Place(int directory, uint least)
        {
            var entry = (pe.Bits == 64 ? 112 : 96) + directory * 8;
            return entry + 8 <= optional.Length && Word(optional, entry - directory * 8 - 4) > directory && Word(optional, entry + 4) >= least
                ? OffsetOf(Word(optional, entry), sections)
                : null;
        }
    }

    /// <summary>IMAGE_LOAD_CONFIG_DIRECTORY64.CHPEMetadataPointer: only ARM64EC and ARM64X have one.</summary>
    private static async ValueTask<BinaryFormat> WithConfigAsync(BinaryFormat pe, HeadReader reader, ulong? at, CancellationToken cancellationToken) =>
        at is { } offset && await reader.ReadAtAsync(offset, 208, cancellationToken).ConfigureAwait(false) is { } config
            ? pe with { IsHybrid = Word(config, 0) >= 208 && BinaryPrimitives.ReadUInt64LittleEndian(config.Span[200..]) != 0 }
            : pe;

    /// <summary>COMIMAGE_FLAGS_ILONLY, and 32BITREQUIRED only together with 32BITPREFERRED.</summary>
    private static bool IsAnyProcessor(BinaryFormat pe, uint flags) =>
        pe is { Architecture: "386", Bits: 32 } && (flags & 0x1) != 0 && ((flags & 0x2) == 0 || (flags & 0x20000) != 0);

    /// <summary>Where in the file an address lies when the image is loaded.</summary>
    private static ulong? OffsetOf(uint address, ReadOnlyMemory<byte> sections)
    {
        for (; sections.Length >= SectionSize; sections = sections[SectionSize..])
            if (address >= Word(sections, 12) && address - Word(sections, 12) < Word(sections, 16))
                return (ulong)Word(sections, 20) + (address - Word(sections, 12));
        return null;
    }

    private static ushort Half(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[at..]);

    private static uint Word(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]);
}
