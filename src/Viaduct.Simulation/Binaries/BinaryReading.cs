using System.Buffers.Binary;

namespace Viaduct.Simulation;

/// <summary>Tells the kinds of executables apart by their first bytes.</summary>
internal static class BinaryReading
{
    public static async ValueTask<BinaryFormat> ReadAsync(Stream content, long? length, CancellationToken cancellationToken)
    {
        var reader = new HeadReader(content);
        await reader.BeginAsync(cancellationToken).ConfigureAwait(false);
        var head = reader.Head.Span;
        if (head.StartsWith("\u007fELF"u8)) return await ElfReading.ReadAsync(reader, length, cancellationToken).ConfigureAwait(false);
        if (head.StartsWith("#!"u8)) return ScriptReading.Read(head);
        if (head.StartsWith("MZ"u8)) return await PeReading.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        if (head.Length >= 8 && MachOArchitecture(head) is { } architecture)
            return new BinaryFormat { Kind = BinaryKind.MachO, Architecture = architecture };
        return new BinaryFormat { Kind = BinaryKind.Unknown, Defect = head.IsEmpty ? "it is empty" : null };
    }

    /// <summary>mach-o/loader.h: magic, then cputype, both in the target's byte order.</summary>
    private static string? MachOArchitecture(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32LittleEndian(head) is not (0xfeedface or 0xfeedfacf)
        ? null
        : BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) switch { 0x01000007 => "amd64", 0x0100000c => "arm64", 7 => "386", 12 => "arm", _ => "" };
}
