using System.Text;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>The folder that a nodes.yaml stands in, and the files beside it that its entries name. Each is read once.</summary>
/// <param name="path">In full; null where the text came from a pipe, so that only full paths can be found.</param>
internal sealed class NodeFolder(string? path)
{
    /// <summary>Of all files together: an entry for each of fifty thousand nodes could name a file of its own.</summary>
    private const int MaxTotal = 64 << 20;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private int _total;

    /// <exception cref="ViaductException">VIA6030.</exception>
    public string PathOf(string written, string where)
    {
        if (written.Length == 0 || written.Contains('\0', StringComparison.Ordinal)) throw NodeErrors.NoFile(where, written, "this is no path");
        if (path is not null) return Path.GetFullPath(written, path);
        return Path.IsPathFullyQualified(written)
            ? written : throw NodeErrors.NoFile(where, written, "what is read from a pipe stands in no folder", "Write the file's full path, or name the nodes.yaml instead of the pipe.");
    }

    /// <summary>The text of a file as it is: a byte order mark stays, since kubelet reads it as a character, too.</summary>
    /// <exception cref="ViaductException">VIA6030.</exception>
    public string Text(string written, string where)
    {
        var full = PathOf(written, where);
        if (_texts.TryGetValue(full, out var known)) return known;
        try
        {
            var bytes = new byte[YamlFile.MaxBytes + 1];
            using var file = File.OpenRead(full);
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > YamlFile.MaxBytes) throw NodeErrors.NoFile(where, written, $"it is larger than {YamlFile.MaxBytes} bytes");
            if ((_total += count) > MaxTotal) throw NodeErrors.NoFile(where, written, $"with those before it, it is more than {MaxTotal >> 20} MiB");
            return _texts[full] = Encoding.UTF8.GetString(bytes, 0, count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw NodeErrors.NoFile(where, written, e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : "the system refuses it");
        }
    }
}
