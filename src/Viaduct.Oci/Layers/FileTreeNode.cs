namespace Viaduct.Oci.Layers;

/// <summary>A name in the merged tree.</summary>
internal sealed class FileTreeNode(FileTreeNode? parent, FileNode file, int layer)
{
    private Dictionary<string, FileTreeNode>? _children;

    public FileTreeNode? Parent => parent;

    public FileNode File { get; private set; } = file;

    /// <summary>The layer that spoke last of this name. A hard link's content may lie deeper: see <see cref="FileNode.LayerIndex"/>.</summary>
    public int Layer { get; private set; } = layer;

    /// <summary>The layer whose whiteout cleared this node of everything below that layer.</summary>
    public int ClearedBy { get; set; } = -1;

    /// <summary>Nothing that was merged says it in so many words.</summary>
    public bool IsVague => File.Ordinal == 0 || File.Entry.Kind == TarEntryKind.HardLink;

    public bool IsDirectory => File.Entry.Kind == TarEntryKind.Directory;

    public IReadOnlyCollection<FileTreeNode> Children => (IReadOnlyCollection<FileTreeNode>?)_children?.Values ?? [];

    public FileTreeNode? Child(string name) => _children?.GetValueOrDefault(name);

    public void SetChild(string name, FileTreeNode node) => (_children ??= new(StringComparer.Ordinal))[name] = node;

    public void RemoveChild(string name) => _children?.Remove(name);

    public void Update(FileNode file, int layer)
    {
        File = file;
        Layer = layer;
        if (!IsDirectory) _children = null;
    }

    /// <summary>Takes away all that lower layers put here, and keeps what <paramref name="layer"/> itself put here, whatever the order of its entries.</summary>
    public void Clear(int layer)
    {
        // A whiteout said twice, or above another, costs nothing: what is cleared once has nothing of lower layers any more.
        if (ClearedBy == layer) return;
        ClearedBy = layer;
        if (_children is null) return;
        foreach (var (name, child) in _children)
        {
            child.Clear(layer);
            if (child.Layer != layer && child._children is null or { Count: 0 }) _children.Remove(name);
        }
    }
}
