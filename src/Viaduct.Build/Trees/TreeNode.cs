using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>A file, folder or link of a context or an image. A folder's children are read when they are first asked for.</summary>
/// <param name="entry">Its metadata; the path in it does not count, because a node can be at several places.</param>
internal sealed class TreeNode(TarEntry entry, FileContent? content = null, Func<IEnumerable<(string Name, TreeNode Node)>>? children = null)
{
    private SortedDictionary<string, TreeNode>? _children;
    private Func<IEnumerable<(string Name, TreeNode Node)>>? _load = children;

    public TarEntry Entry { get; set; } = entry;

    public FileContent? Content { get; } = content;

    public bool IsFolder => Entry.Kind == TarEntryKind.Directory;

    public bool IsLink => Entry.Kind == TarEntryKind.SymbolicLink;

    /// <summary>By name, in ordinal order.</summary>
    public SortedDictionary<string, TreeNode> Children
    {
        get
        {
            if (_children is not null) return _children;
            var loaded = new SortedDictionary<string, TreeNode>(StringComparer.Ordinal);
            foreach (var (name, node) in _load?.Invoke() ?? []) loaded[name] = node;
            _load = null;
            return _children = loaded;
        }
    }

    public TreeNode? Child(string name) => IsFolder ? Children.GetValueOrDefault(name) : null;

    public static TreeNode NewFolder() => new(new TarEntry("", TarEntryKind.Directory) { Mode = 0b111_101_101 });

    /// <summary>The same tree, free to be changed on its own.</summary>
    public TreeNode Copy()
    {
        var copy = new TreeNode(Entry, Content);
        if (IsFolder)
            foreach (var (name, child) in Children) copy.Children[name] = child.Copy();
        return copy;
    }

    /// <summary>What lies below, folders before their content, in ordinal order.</summary>
    public IEnumerable<(string Path, TreeNode Node)> Below(string path = "")
    {
        if (!IsFolder) yield break;
        foreach (var (name, child) in Children)
        {
            var childPath = SlashPath.Join(path, name);
            yield return (childPath, child);
            foreach (var below in child.Below(childPath)) yield return below;
        }
    }
}
