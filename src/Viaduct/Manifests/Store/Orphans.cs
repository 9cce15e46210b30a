using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>What was kept beside lists that docker has removed: it does not know of it.</summary>
internal static class Orphans
{
    /// <returns>The names of the folders that are gone.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(StorePaths paths, CancellationToken cancellationToken)
    {
        var gone = new List<string>();
        if (!Directory.Exists(paths.Companions)) return gone;
        foreach (var file in Directory.EnumerateFiles(paths.Companions, "*.json"))
            if (await FolderOfAsync(file, cancellationToken).ConfigureAwait(false) is { } name && paths.CompanionOf(name) == file && !Directory.Exists(paths.Of(name)))
                gone.Add(name);
        return gone;
    }

    private static async Task<string?> FolderOfAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await CompanionFile.FindAsync(file, cancellationToken).ConfigureAwait(false) is { } found ? StorePaths.FolderOf(found.Companion.List) : null;
        }
        catch (ViaductException)
        {
            // Whose it was nobody can tell: the names of these files are cut off.
            return null;
        }
    }
}
