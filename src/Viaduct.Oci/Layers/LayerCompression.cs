using System.IO.Compression;
using SharpCompress.Compressors.BZip2;
using Viaduct.Oci.Compression;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Viaduct.Oci.Layers;

/// <summary>What layers are packed with, and what is not read.</summary>
internal static class LayerCompression
{
    public const int HeadLength = 6;

    /// <summary>128 MiB: what zstd itself refuses to go beyond without being asked (zstd.h, ZSTD_WINDOWLOG_LIMIT_DEFAULT), and what its highest level uses.</summary>
    private const int MaxWindowLog = 27;

    private const string Advice = "Push the image with gzip layers, for example with buildx: --output type=image,compression=gzip,force-compression=true.";

    /// <summary>Says no before anything is fetched.</summary>
    public static void RefuseType(string mediaType, string where)
    {
        if (mediaType.EndsWith("+encrypted", StringComparison.Ordinal))
            throw LayerErrors.Unsupported("it is encrypted", where);
    }

    /// <param name="any">False refuses what layers are not packed with.</param>
    public static LayerPacking Of(ReadOnlySpan<byte> head, string where, bool any)
    {
        LayerPacking? other =
            head.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? LayerPacking.Xz
            : head.StartsWith("BZh"u8) && head is [_, _, _, >= (byte)'1' and <= (byte)'9', 0x31 or 0x17, ..] ? LayerPacking.Bzip2
            : null;
        if (other is { } packing) return any ? packing : throw LayerErrors.Unsupported($"it is compressed with {packing.ToString().ToLowerInvariant()}", where, Advice);
        return head switch
        {
            [0x1f, 0x8b, ..] => LayerPacking.Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => LayerPacking.Zstd,
            // A skippable frame (zstd_compression_format.md): pzstd begins with one; zstd:chunked ends with some.
            [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..] => LayerPacking.Zstd,
            _ => LayerPacking.None,
        };
    }

    /// <summary>The unpacked bytes; disposes the packed ones with itself.</summary>
    public static Stream Unpack(Stream packed, LayerPacking packing) => packing switch
    {
        LayerPacking.Gzip => new GZipStream(packed, CompressionMode.Decompress),
        LayerPacking.Zstd => Zstd(packed),
        LayerPacking.Bzip2 => Bzip2(packed),
        LayerPacking.Xz => new DecodingStream(new XzStream(packed)),
        _ => packed,
    };

    /// <summary>What a decompressor says about bytes that it cannot read; null for failures that are not about them.</summary>
    public static ViaductException? Told(Exception e, string where) => e switch
    {
        ZstdException { Code: ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge } =>
            LayerErrors.TooMuch($"its compression asks for a window of more than {1 << (MaxWindowLog - 20)} MiB", where),
        XzMemoryException => LayerErrors.TooMuch($"its compression asks for a window of more than {XzStream.MaxDictionary >> 20} MiB, or for too many", where),
        InvalidDataException or EndOfStreamException or ZstdException => LayerErrors.BadArchive("its compression is damaged or ends early", where, e),
        _ => null,
    };

    private static DecodingStream Bzip2(Stream packed)
    {
        // It reads bytes one by one; and by itself it would close what it reads at the end, where padding is still looked for.
        var buffered = new BufferedStream(packed, 1 << 16);
        return new DecodingStream(BZip2Stream.Create(buffered, SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: true, leaveOpen: true), buffered);
    }

    private static DecompressionStream Zstd(Stream packed)
    {
        var stream = new DecompressionStream(packed, bufferSize: 0, checkEndOfStream: true, leaveOpen: false);
        stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
        return stream;
    }
}
