namespace Viaduct.Oci.Compression;

/// <summary>What is fixed about the pinned compressor, and the name under which it is fixed.</summary>
public static class PinnedGzip
{
    /// <summary>
    /// The compressor's name, part of every input key. Two builds with the same name give the same bytes for the same
    /// input; whoever changes a byte of the output (a block size, a search depth, a tie) changes the name with it.
    /// </summary>
    public const string Identity = "viaduct-deflate-1";

    /// <summary>Bytes of input that are compressed as one unit of work.</summary>
    internal const int BlockSize = 256 * 1024;

    /// <summary>The reach of a match (RFC 1951 section 2), and so what a unit needs to know of the one before it.</summary>
    internal const int WindowSize = 32 * 1024;

    /// <summary>CRC-32 and length (RFC 1952 section 2.3.1).</summary>
    internal const int TrailerSize = 8;

    /// <summary>
    /// RFC 1952 section 2.3.1: magic, deflate, no flags, no time, no hint, and 255 for "unknown system": the default of
    /// most writers is the system they run on.
    /// </summary>
    internal static ReadOnlySpan<byte> Header => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];
}
