namespace Viaduct.Oci.Layers;

/// <summary>What layers are packed with, and what is not read.</summary>
internal static class LayerCompression
{
    public const int HeadLength = 6;

    private const string Advice = "Push the image with gzip layers, for example with buildx: --output type=image,compression=gzip,force-compression=true.";

    /// <summary>Says no before anything is fetched.</summary>
    public static void RefuseType(string mediaType, string where)
    {
        if (mediaType.EndsWith("+encrypted", StringComparison.Ordinal))
            throw LayerErrors.Unsupported("it is encrypted", where);
        if (mediaType.EndsWith("zstd", StringComparison.Ordinal))
            throw LayerErrors.Unsupported("it is compressed with zstd", where, Advice);
    }

    public static bool IsGzip(ReadOnlySpan<byte> head, string where)
    {
        var other =
            head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]) ? "zstd"
            : head.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? "xz"
            : head.StartsWith("BZh"u8) && head is [_, _, _, >= (byte)'1' and <= (byte)'9', 0x31 or 0x17, ..] ? "bzip2"
            : null;
        if (other is not null) throw LayerErrors.Unsupported($"it is compressed with {other}", where, Advice);
        return head is [0x1f, 0x8b, ..];
    }
}
