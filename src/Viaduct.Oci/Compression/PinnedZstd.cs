using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Viaduct.Oci.Compression;

/// <summary>zstd with all fixed that decides its bytes.</summary>
public static class PinnedZstd
{
    /// <summary>
    /// The compressor's name, part of the input keys of images that use it. The bytes are those of this version of the library at this
    /// level: whoever takes another version changes the name with it.
    /// </summary>
    public const string Identity = "zstdsharp-0.8.8-level-3";

    /// <summary>
    /// zstd's default, whose match finder (double fast) is the same with and without vector instructions; that of the levels from 5 on is chosen by them
    /// (zstd_compress.c, ZSTD_resolveRowMatchFinderMode).
    /// </summary>
    private const int Level = 3;

    /// <summary>One frame, ended when the stream is disposed of; the output stays open. One thread: several would cut the input by their number.</summary>
    public static Stream Compress(Stream output)
    {
        var stream = new CompressionStream(output, Level, bufferSize: 0, leaveOpen: true);
        stream.SetParameter(ZSTD_cParameter.ZSTD_c_nbWorkers, 0);
        return stream;
    }
}
