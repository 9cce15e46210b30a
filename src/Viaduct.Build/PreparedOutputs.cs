using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>
/// Files that commands make before an image is built from them. In its input key they stand by the key of those commands and not by their
/// content, so that it can be computed before they are there.
/// </summary>
/// <param name="Key">Over the commands and all that they read.</param>
/// <param name="Paths">Files and folders, from the context, with slashes.</param>
public sealed record PreparedOutputs(Digest Key, IReadOnlyList<string> Paths)
{
    /// <summary>What is made for the image's other platforms in the same context. It is not seen, since whether it is there already is chance.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Whether a cleaned path leads to what is prepared, or to a folder above it.</summary>
    internal bool Concerns(string path) => path.Length == 0 || Paths.Any(p => IsAtOrBelow(path, p) || IsAtOrBelow(p, path));

    internal static bool IsAtOrBelow(string path, string top) =>
        path.StartsWith(top, StringComparison.Ordinal) && (path.Length == top.Length || path[top.Length] == '/');
}
