using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Finds the nodes that a text names: a file, standard input, or a ready-made set.</summary>
public static class NodeSource
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>
    /// Reads a path of a nodes.yaml or of what <c>kubectl get nodes -o json</c> printed, <c>-</c> for the same from standard input, or a set
    /// of <see cref="NodeSets"/>. Where a file and a set have one name, the set is meant; <c>./eks</c> is the file.
    /// </summary>
    /// <exception cref="ViaductException">VIA2001 to VIA2005, VIA6004, VIA6010 to VIA6016, VIA6030 to VIA6032.</exception>
    public static async Task<NodeList> ReadAsync(string text, Stream? standardInput, CancellationToken cancellationToken)
    {
        if (text == "-")
            return standardInput is null
                ? throw YamlErrors.Unreadable("standard input", "there is none") : await ReadAsync(standardInput, "standard input", null, cancellationToken);
        if (!LooksLikePath(text))
        {
            if (NodeSets.IsSet(text)) return NodeSets.Read(text);
            if (!File.Exists(text)) throw NodeErrors.NoSuchSource(text, NodeSets.Names);
        }
        else if (IsPlatform(text) && !Path.Exists(text)) throw NodeErrors.NoSuchSource(text, NodeSets.Names);

        try
        {
            await using var file = new FileStream(text, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, FileOptions.Asynchronous);
            return await ReadAsync(file, text, Path.GetDirectoryName(Path.GetFullPath(text)), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw YamlErrors.Unreadable(YamlErrors.Shown(text), e);
        }
    }

    private static async Task<NodeList> ReadAsync(Stream stream, string shownAs, string? folder, CancellationToken cancellationToken)
    {
        try
        {
            return await NodeStream.ReadAsync(stream, YamlErrors.Shown(shownAs), new NodeFolder(folder), cancellationToken);
        }
        catch (IOException e)
        {
            throw YamlErrors.Unreadable(YamlErrors.Shown(shownAs), e);
        }
    }

    internal static bool IsPlatform(string text) => Platform.TryParse(text, out var platform) && KnownPlatforms.Contains(platform);

    private static bool LooksLikePath(string text) =>
        text.StartsWith('.') || text.Contains('/') || text.Contains(Path.DirectorySeparatorChar)
        || Extensions.Any(e => text.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
