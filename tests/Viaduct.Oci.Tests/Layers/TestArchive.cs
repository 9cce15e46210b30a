using System.IO.Compression;
using System.Text;
using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Tests.Layers;

/// <summary>Archives and layers in memory.</summary>
internal static class TestArchive
{
    public static TarEntry Directory(string path) => new(path, TarEntryKind.Directory);

    public static TarEntry File(string path, int size = 0) => new(path, TarEntryKind.File) { Size = size };

    public static TarEntry Link(string path, string target) => new(path, TarEntryKind.SymbolicLink) { LinkTarget = target };

    public static TarEntry HardLink(string path, string target) => new(path, TarEntryKind.HardLink) { LinkTarget = target };

    public static async Task<byte[]> WriteAsync(IEnumerable<(TarEntry Entry, byte[] Content)> entries)
    {
        using var output = new MemoryStream();
        var writer = new TarWriter(output);
        foreach (var (entry, content) in entries)
            await writer.WriteAsync(entry, new MemoryStream(content), default);
        await writer.CompleteAsync(default);
        return output.ToArray();
    }

    public static async Task<List<(TarEntry Entry, byte[] Content)>> ReadAsync(Stream input, bool content = true)
    {
        var found = new List<(TarEntry, byte[])>();
        var reader = new TarReader(input);
        while (await reader.NextAsync(default) is { } entry)
        {
            using var copy = new MemoryStream();
            if (content) await reader.Content.CopyToAsync(copy);
            found.Add((entry, copy.ToArray()));
        }
        return found;
    }

    public static Task<List<(TarEntry Entry, byte[] Content)>> ReadAsync(byte[] tar) => ReadAsync(new MemoryStream(tar));

    public static Stream Unpack(string fixture) =>
        new GZipStream(new MemoryStream(Convert.FromBase64String(fixture)), CompressionMode.Decompress);

    public static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }

    /// <summary>
    /// A layer in one line: <c>d/</c> a directory, <c>f=text</c> a file, <c>l->target</c> a symbolic link, <c>h=>target</c> a hard link, <c>.wh.x</c> a whiteout.
    /// </summary>
    public static async Task<Blob> LayerAsync(string line) =>
        Blob.FromBytes(MediaTypes.OciLayerGzip, Gzip(await WriteAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse))));

    private static (TarEntry, byte[]) Parse(string word)
    {
        if (word.Split("->") is [var link, var target]) return (Link(link, target), []);
        if (word.Split("=>") is [var hard, var to]) return (HardLink(hard, to), []);
        if (word.EndsWith('/')) return (Directory(word.Trim('/')), []);
        var parts = word.Split('=');
        var content = Encoding.UTF8.GetBytes(parts is [_, var text] ? text : "");
        return (File(parts[0], content.Length), content);
    }

    /// <summary>Everything an entry says, in one line, for comparison.</summary>
    public static string Describe(TarEntry entry) =>
        $"{entry.Kind} {Convert.ToString(entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.Size} {entry.ModificationTime} " +
        $"{entry.DeviceMajor},{entry.DeviceMinor} {entry.Path} -> {entry.LinkTarget} " +
        string.Join(' ', entry.ExtendedAttributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Convert.ToHexString(pair.Value.Span)}"));
}
