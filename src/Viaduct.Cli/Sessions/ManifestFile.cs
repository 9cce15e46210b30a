using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Sessions;

/// <summary>A manifest as a file or on standard input; nothing that it names can be read.</summary>
internal sealed class ManifestFile : IContentSource
{
    private const string Input = "-";

    /// <summary>A file that is there, a text that can only be a path, or standard input; a reference begins and ends otherwise.</summary>
    public static bool IsMeant(string text, Caller caller) =>
        text == Input || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(text)
        || text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || (text.Length > 0 && File.Exists(Path.GetFullPath(text, caller.Folder)));

    /// <exception cref="ViaductException">VIA9030; VIA1010 for what is no manifest.</exception>
    public static async Task<RawManifest> ReadAsync(string text, Caller caller, CancellationToken cancellationToken)
    {
        var name = NameOf(text);
        try
        {
            var stream = text == Input ? caller.Input() : File.OpenRead(Path.GetFullPath(text, caller.Folder));
            if (stream is null) throw CliErrors.BadFile(name, "there is none");
            await using (stream.ConfigureAwait(false))
                return RawManifest.Parse(await BytesAsync(stream, name, cancellationToken).ConfigureAwait(false), null, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CliErrors.BadFile(name, e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : "the system refuses it");
        }
    }

    public static string NameOf(string text) => text == Input ? "standard input" : text;

    public Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken) => Task.FromResult<RawManifest?>(null);

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) => throw CliErrors.BadFile(blob.Digest.ToString(), "a file holds a manifest alone");

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
