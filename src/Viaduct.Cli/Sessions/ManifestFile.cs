using System.Text;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Sessions;

/// <summary>A manifest as a file or on standard input; nothing that it names can be read.</summary>
internal sealed class ManifestFile : IContentSource
{
    private const string Input = "-";

    /// <summary>A file or folder that is there, a text that can only be a path, or standard input; a reference begins and ends otherwise.</summary>
    public static bool IsMeant(string text, Caller caller) =>
        text == Input || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(text)
        || text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || (text.Length > 0 && Path.Exists(Path.GetFullPath(text, caller.Folder)));

    /// <exception cref="ViaductException">VIA9030; VIA1010 for what is no manifest.</exception>
    public static async Task<RawManifest> ReadAsync(string text, Caller caller, CancellationToken cancellationToken)
    {
        var name = NameOf(text);
        try
        {
            if (text != Input && Directory.Exists(Path.GetFullPath(text, caller.Folder))) throw CliErrors.BadFile(name, "it is a folder; an image of that name is written with its registry, docker.io/… or another");
            var stream = text == Input ? caller.Input() : File.OpenRead(Path.GetFullPath(text, caller.Folder));
            if (stream is null) throw CliErrors.BadFile(name, "there is none");
            await using (stream.ConfigureAwait(false))
            {
                var bytes = Utf8(await BytesAsync(stream, name, cancellationToken).ConfigureAwait(false));
                if (bytes.Length == 0) throw CliErrors.BadFile(name, text == Input ? "it is empty: did the command before the pipe fail?" : "it is empty");
                return RawManifest.Parse(bytes, null, name);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CliErrors.BadFile(name, e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : "the system refuses it");
        }
    }

    public static string NameOf(string text) => text == Input ? "standard input" : text;

    public Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken) => Task.FromResult<RawManifest?>(null);

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) => throw CliErrors.BadFile(blob.Digest.ToString(), "a file holds a manifest alone");

    /// <summary>Windows PowerShell writes what is sent to a file as UTF-16, and other tools put a mark before UTF-8: no registry has these bytes.</summary>
    private static byte[] Utf8(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, bytes, 2, bytes.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, bytes, 2, bytes.Length - 2),
        [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
        _ => bytes,
    };

    private static async Task<byte[]> BytesAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > RawManifest.MaxSize) throw CliErrors.BadFile(name, $"it has more than {RawManifest.MaxSize} bytes");
        }
        return bytes.ToArray();
    }
}
