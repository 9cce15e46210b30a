using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>One thing that a COPY copies.</summary>
/// <param name="Path">Its path as it was named or matched; its last name is the name in the destination folder.</param>
/// <param name="Node">What it is; a link at the top has been followed.</param>
internal sealed record CopySource(string Path, TreeNode Node)
{
    public string Name => SlashPath.Name(Path);

    /// <summary>Makes the error of an archive that cannot be unpacked.</summary>
    public Func<string, Oci.ViaductException> Unsound(Word destination) => why => BuildErrors.BadArchive(destination, Path, why);

    /// <summary>
    /// What a cleaned path or pattern names. A pattern that matches nothing yields nothing, without an error; only a plain path that is not there
    /// answers null (BuildKit, AllowEmptyWildcard; fsutil, copy.go resolveWildcards).
    /// </summary>
    public static IReadOnlyList<CopySource>? Find(FileTree tree, Word word, string path, Action<string, string>? leaves)
    {
        if (!Glob.IsPattern(path))
        {
            return tree.Find(tree.Locate(path, word, leaves)) is { } node ? [new CopySource(path, node)] : null;
        }

        var parts = path.Split('/');
        var fixedParts = parts.TakeWhile(p => !Glob.IsPattern(p)).ToList();
        var folder = tree.Locate(string.Join('/', fixedParts), word, leaves);
        Glob glob;
        try
        {
            glob = Glob.Path(string.Join('/', parts.Skip(fixedParts.Count)));
        }
        catch (FormatException e)
        {
            throw BuildErrors.BadPattern(word.Position.ToString(), path, e.Message);
        }
        if (tree.Find(folder) is not { } start) return [];
        return [.. Matches(start, "", glob, parts.Length - fixedParts.Count).Select(match =>
        {
            var found = SlashPath.Join(folder, match);
            return new CopySource(found, tree.Find(tree.Locate(found, word, leaves)) ?? throw BuildErrors.NotFound(word, found, "the source", null, null));
        })];
    }

    private static IEnumerable<string> Matches(TreeNode folder, string below, Glob glob, int depth)
    {
        if (!folder.IsFolder) yield break;
        foreach (var (name, child) in folder.Children)
        {
            var path = SlashPath.Join(below, name);
            if (glob.Matches(path)) yield return path;
            else if (child.IsFolder && depth > 1)
                foreach (var match in Matches(child, path, glob, depth - 1)) yield return match;
        }
    }
}
