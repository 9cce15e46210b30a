using System.IO.Compression;
using System.Security.Cryptography;
using Viaduct.Oci.Compression;

namespace Viaduct.Oci.Tests.Compression;

internal static class Gzip
{
    public static byte[] Compress(ReadOnlySpan<byte> data, int threads = 1)
    {
        using var output = new MemoryStream();
        using (var gzip = new PinnedGzipStream(output, threads, leaveOpen: true))
        {
            gzip.Write(data);
        }

        return output.ToArray();
    }

    public static byte[] Decompress(byte[] data)
    {
        using var gzip = new GZipStream(new MemoryStream(data), CompressionMode.Decompress);
        using var output = new MemoryStream();
        gzip.CopyTo(output);
        return output.ToArray();
    }

    public static string Sha256(byte[] data) => Convert.ToHexStringLower(SHA256.HashData(data));
}
