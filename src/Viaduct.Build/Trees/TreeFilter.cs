namespace Viaduct.Build;

/// <summary>Views of a folder that show a part of what is below it. They are read as they are walked, as the folder is.</summary>
internal static class TreeFilter
{
    /// <summary>Without what the patterns match, which are those of a .dockerignore, relative to the folder (fsutil, copy.go exclude).</summary>
    public static TreeNode Without(TreeNode folder, IgnoreFile patterns, string path = "") =>
        folder.IsFolder ? new TreeNode(folder.Entry, children: () => Remaining(folder, patterns, path)) : folder;

    /// <summary>With what a pattern matches and all below it, and the folders above.</summary>
    public static TreeNode Only(TreeNode folder, IncludePattern pattern, string path = "") =>
        new(folder.Entry, children: () => Matching(folder, pattern, path));

    private static IEnumerable<(string Name, TreeNode Node)> Remaining(TreeNode folder, IgnoreFile patterns, string path)
    {
        foreach (var (name, child) in folder.Children)
        {
            var at = SlashPath.Join(path, name);
            var ignored = patterns.Ignores(at);
            if (ignored && !(child.IsFolder && patterns.HasExceptions)) continue;
            var view = Without(child, patterns, at);
            if (!ignored || view.Children.Count > 0) yield return (name, view);
        }
    }

    private static IEnumerable<(string Name, TreeNode Node)> Matching(TreeNode folder, IncludePattern pattern, string path)
    {
        foreach (var (name, child) in folder.Children)
        {
            var at = SlashPath.Join(path, name);
            if (pattern.Matches(at)) yield return (name, child);
            else if (child.IsFolder && pattern.MayMatchBelow(at))
            {
                var view = Only(child, pattern, at);
                if (view.Children.Count > 0) yield return (name, view);
            }
        }
    }
}
