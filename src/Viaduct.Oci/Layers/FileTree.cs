namespace Viaduct.Oci.Layers;

/// <summary>Where a path leads: the deepest thing that exists, and the names behind it that do not.</summary>
/// <param name="Blocked">A name stands behind something that is no directory.</param>
internal readonly record struct Place(FileTreeNode Node, IReadOnlyList<string> Missing, bool Missed, bool Blocked)
{
    public FileTreeNode? Found => Missed ? null : Node;
}

/// <summary>Finds paths in the merged tree as the kernel does in a container: links resolved one by one, never leaving the root.</summary>
/// <param name="cancellationToken">Of all that is done in the tree.</param>
internal sealed class FileTree(LayerLimits limits, CancellationToken cancellationToken = default)
{
    /// <summary>What Linux follows before it says ELOOP (path_resolution(7)).</summary>
    public const int MaxLinks = 40;

    public FileTreeNode Root { get; } = new(null, new FileNode { Path = "", Entry = new TarEntry("", TarEntryKind.Directory), LayerIndex = 0 }, -1);

    /// <summary>
    /// True once a search met what layers below the merged ones could decide otherwise: a name that is not here, a directory that no entry
    /// describes (some engines follow a lower link there), a hard link to what is not here.
    /// </summary>
    public bool IsDoubtful { get; set; }

    /// <summary>The names that were walked through so far.</summary>
    public long Steps { get; private set; }

    /// <exception cref="ViaductException">VIA1021.</exception>
    public void Spend(long steps)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if ((Steps += steps) > limits.MaxSteps) throw LayerErrors.TooMuch($"its paths lead through more than {limits.MaxSteps} names", null);
    }

    /// <param name="layer">The layer that is being applied: what lower layers have instead of a directory does not exist for it.</param>
    public Place Locate(string path, bool followLast, int? layer = null)
    {
        var pending = new Stack<string>();
        Push(pending, path);
        var node = Root;
        var missing = new List<string>();
        var (links, missed, blocked) = (0, false, false);
        while (pending.TryPop(out var name))
        {
            if (name == ".." && !blocked)
            {
                if (missing.Count > 0) missing.RemoveAt(missing.Count - 1);
                else if (node.IsDirectory) node = node.Parent ?? node;
                else missed = blocked = true;
            }
            else if (missing.Count > 0 || !node.IsDirectory || node.Child(name) is not { } child || (layer != null && child.Layer != layer && !child.IsDirectory))
            {
                missed = true;
                blocked |= !node.IsDirectory;
                IsDoubtful |= node.IsDirectory;
                missing.Add(name);
            }
            else if (child.File.Entry is { Kind: TarEntryKind.SymbolicLink, LinkTarget: { } target } && (followLast || pending.Count > 0))
            {
                if (++links > MaxLinks) throw LayerErrors.LinkLoop(path);
                if (target.StartsWith('/')) node = Root;
                Push(pending, target);
            }
            else
            {
                node = child;
                IsDoubtful |= child.IsVague;
            }
        }
        return new Place(node, missing, missed, blocked);
    }

    /// <summary>All that is below a node, each directory before what is in it, names in ordinal order.</summary>
    public static IEnumerable<FileTreeNode> Below(FileTreeNode? top)
    {
        var pending = new Stack<FileTreeNode>();
        PushChildren(pending, top);
        while (pending.TryPop(out var node))
        {
            yield return node;
            PushChildren(pending, node);
        }
    }

    private static void PushChildren(Stack<FileTreeNode> pending, FileTreeNode? node)
    {
        if (node is null || node.Children.Count == 0) return;
        foreach (var child in node.Children.OrderByDescending(child => child.File.Path, StringComparer.Ordinal)) pending.Push(child);
    }

    private void Push(Stack<string> pending, string path)
    {
        var names = path.Split('/');
        Spend(names.Length);
        for (var i = names.Length - 1; i >= 0; i--)
        {
            if (names[i] is not ("" or ".")) pending.Push(names[i]);
        }
    }
}
