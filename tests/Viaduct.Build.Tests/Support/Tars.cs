using System.IO.Compression;
using System.Text;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build.Tests;

/// <summary>Archives to add; their members belong to 5:6.</summary>
internal static class Tars
{
    public sealed record Member(TarEntry Entry, string? Text = null);

    public static Member Folder(string path, int mode = 493) => new(new TarEntry(path, TarEntryKind.Directory) { Uid = 5, Gid = 6, Mode = mode });

    public static Member Link(string path, string target) => new(new TarEntry(path, TarEntryKind.SymbolicLink) { LinkTarget = target, Uid = 5, Gid = 6, Mode = 256 });

    public static Member File(string path, string text, int mode = 420) =>
        new(new TarEntry(path, TarEntryKind.File) { Uid = 5, Gid = 6, Mode = mode, Size = text.Length }, text);

    public static byte[] Of(params Member[] members)
    {
        var output = new MemoryStream();
        var writer = new TarWriter(output);
        foreach (var (entry, text) in members)
            writer.WriteAsync(entry, text is null ? null : new MemoryStream(Encoding.ASCII.GetBytes(text)), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        writer.CompleteAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return output.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }

    public static byte[] Zstd(byte[] bytes)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(bytes).ToArray();
    }

    /// <summary>Six octal digits at 148, a NUL and a blank; while it is summed up the field counts as blanks.</summary>
    public static void Checksum(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in header) sum += b;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header.Slice(148, 8));
    }
}
