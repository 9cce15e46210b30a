namespace Viaduct.Build;

/// <summary>A root folder, and paths resolved in it the way a process that has it as its root would resolve them.</summary>
internal sealed class FileTree(TreeNode root)
{
    // Linux follows at most forty (path_resolution(7)).
    private const int MaxLinks = 40;

    public TreeNode Root { get; } = root;

    public static FileTree Empty() => new(TreeNode.NewFolder());

    public FileTree Copy() => new(Root.Copy());

    /// <summary>The node at a path without links in it, as <see cref="Locate"/> answers.</summary>
    public TreeNode? Find(string path)
    {
        var node = Root;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            if ((node = node?.Child(part)) is null) return null;
        return node;
    }

    /// <summary>
    /// The path to which another one leads when all links are followed; what does not exist stays as it is written.
    /// </summary>
    /// <param name="leaves">Called when a link or <c>..</c> leads above the root; without it the root is the end, as for a process in a container.</param>
    public string Locate(string path, Dockerfiles.Word? word = null, Action<string, string>? leaves = null)
    {
        var todo = new Stack<string>();
        Push(todo, path);
        var done = new List<(string Name, TreeNode? Node)>();
        var links = 0;
        var blocked = false;
        while (todo.TryPop(out var part))
        {
            if (part is "" or ".") continue;
            // Nothing lies behind a file, not even the way back (path_resolution(7)).
            blocked |= done is [.., { Node: { IsFolder: false } }];
            if (part == ".." && !blocked)
            {
                if (done.Count > 0) done.RemoveAt(done.Count - 1);
                else leaves?.Invoke(path, path);
                continue;
            }
            var folder = done.Count > 0 ? done[^1].Node : Root;
            var node = folder?.Child(part);
            if (node is not { IsLink: true })
            {
                done.Add((part, node));
                continue;
            }
            var link = string.Join('/', done.Select(d => d.Name).Append(part));
            var target = node.Entry.LinkTarget ?? "";
            if (++links > MaxLinks) throw BuildErrors.LinkLoop(path, word);
            if (target.StartsWith('/'))
            {
                leaves?.Invoke(link, target);
                done.Clear();
            }
            else if (leaves is not null && SlashPath.Clean(SlashPath.Join(SlashPath.Parent(link), target)) is ".." or ['.', '.', '/', ..])
                leaves(link, target);
            Push(todo, target);
        }
        return string.Join('/', done.Select(d => d.Name));
    }

    private static void Push(Stack<string> todo, string path)
    {
        var parts = path.Split('/');
        for (var i = parts.Length - 1; i >= 0; i--) todo.Push(parts[i]);
    }
}
