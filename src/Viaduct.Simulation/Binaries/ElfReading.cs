using System.Text;

namespace Viaduct.Simulation;

/// <summary>An ELF file, held to what the kernel asks of it (linux fs/binfmt_elf.c, load_elf_binary).</summary>
internal static class ElfReading
{
    private const int PathMax = 4096;

    /// <summary>load_elf_binary reads 1 KiB of properties; a note of several vendors may be longer.</summary>
    private const int LongestNote = 4096;

    public static async ValueTask<BinaryFormat> ReadAsync(HeadReader reader, long? length, CancellationToken cancellationToken)
    {
        var header = ElfHeader.Read(reader.Head.Span);
        if (header.Elf.Defect is not null || header.Programs.Size == 0) return header.Elf;
        using var scan = header.Elf is { Machine: ArmAttributes.Machine, Bits: 32 } ? new ArmAttributeScan(header) : null;
        reader.Watch(scan);
        if (await reader.ReadAtAsync(header.Programs.Offset, header.Programs.Size, cancellationToken).ConfigureAwait(false) is not { } table)
            return header.Elf with { Defect = "its program headers lie beyond its end" };

        var segments = ElfSegments.Read(table.Span, header.Elf, header.Entry);
        var elf = Inspect(header, segments, length);
        if (elf.Defect is not null) return elf;
        // The stream goes forward only, so what comes first in the file is read first.
        var properties = segments.Properties is { Size: >= 16 and <= LongestNote } p && X86Properties.Concern(elf) ? segments.Properties : null;
        if (properties?.Offset < segments.Interpreter?.Offset)
            elf = await WithPropertiesAsync(elf, reader, properties, cancellationToken).ConfigureAwait(false);
        if (segments.Interpreter is { } name) elf = await WithInterpreterAsync(elf, reader, name, cancellationToken).ConfigureAwait(false);
        if (elf.Defect is null && elf.Level is null) elf = await WithPropertiesAsync(elf, reader, properties, cancellationToken).ConfigureAwait(false);
        if (elf.Defect is not null) return elf;
        return scan is null ? elf with { FloatAbi = FloatAbis.OfFlags(elf) } : await WithAttributesAsync(elf, reader, scan, cancellationToken).ConfigureAwait(false);
    }

    private static BinaryFormat Inspect(ElfHeader header, ElfSegments segments, long? length)
    {
        var elf = header.Elf;
        if (!segments.Any) return elf with { Defect = "none of it is to be loaded" };
        if (segments.End > (ulong)(length ?? long.MaxValue)) return elf with { Defect = $"it is cut off: it ends at byte {length} and should go to {segments.End}" };
        if (segments.Interpreter is { Size: < 2 or > PathMax }) return elf with { Defect = "the name of its dynamic loader has no sensible length" };
        // Nothing is started at 0 of what lies anywhere: the ELF header is there.
        if (elf.Type == BinaryFormat.PositionIndependent && header.Entry == 0) return elf with { IsLibrary = segments.Interpreter is null };
        return segments.HasEntry ? elf : elf with { Defect = "its first instruction is not in it, as in a file of debug symbols" };
    }

    private static async ValueTask<BinaryFormat> WithInterpreterAsync(BinaryFormat elf, HeadReader reader, (ulong Offset, ulong Size) name, CancellationToken cancellationToken)
    {
        elf = elf with { HasInterpreter = true };
        if (await reader.ReadAtAsync(name.Offset, (int)name.Size, cancellationToken).ConfigureAwait(false) is not { } bytes) return elf;
        return bytes.Span[^1] != 0
            ? elf with { Defect = "the name of its dynamic loader does not end", HasInterpreter = false }
            : elf with { Interpreter = Encoding.UTF8.GetString(bytes.Span[..bytes.Span.IndexOf((byte)0)]) };
    }

    private static async ValueTask<BinaryFormat> WithPropertiesAsync(BinaryFormat elf, HeadReader reader, (ulong Offset, ulong Size)? note, CancellationToken cancellationToken) =>
        note is { } at && await reader.ReadAtAsync(at.Offset, (int)at.Size, cancellationToken).ConfigureAwait(false) is { } bytes
            ? elf with { Level = X86Properties.Read(bytes.Span, elf.Bits) }
            : elf;

    private static async ValueTask<BinaryFormat> WithAttributesAsync(BinaryFormat elf, HeadReader reader, ArmAttributeScan scan, CancellationToken cancellationToken)
    {
        while (scan.Wants(reader.Position) is { } end && await reader.SkipToAsync(end, cancellationToken).ConfigureAwait(false)) { }
        var attributes = scan.Finish();
        return elf with { Level = attributes?.Level, FloatAbi = FloatAbis.OfArm(elf.Flags, attributes) };
    }
}
