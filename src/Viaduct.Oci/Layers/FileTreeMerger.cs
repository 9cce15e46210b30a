namespace Viaduct.Oci.Layers;

/// <summary>
/// Applies layers to a tree (image-spec layer.md). Where the specification is silent it does what Docker and containerd do on overlayfs,
/// where a layer is unpacked by itself: parents are found through the layer's own symbolic links, but a link or file of a lower layer
/// gives way to a directory (<c>lib/x</c> above a link <c>lib</c> hides that link).
/// Missing parents are made; anything but a directory over a directory replaces what is there.
/// </summary>
/// <param name="isPart">Lower layers are left out: a hard link to what is not here stays one.</param>
internal sealed class FileTreeMerger(FileTree tree, LayerLimits limits, bool isPart = false)
{
    private const string Whiteout = ".wh.";
    private const string WhiteoutMeta = ".wh..wh.";
    private const string Opaque = ".wh..wh..opq";
    private int _files;
    private long _names;
    private int _layer;
    private string? _where;

    public void Begin(int layer, string where)
    {
        _layer = layer;
        _where = where;
    }

    public void Apply(TarEntry entry, int ordinal, Digest content, object? seen = null)
    {
        if (entry.Path.Length == 0)
        {
            if (entry.Kind != TarEntryKind.Directory) throw BadPath(entry.Path, "the root is a directory");
            tree.Root.Update(new FileNode { Path = "", Entry = entry, LayerIndex = _layer, Ordinal = ordinal }, _layer);
            return;
        }
        var (parentPath, name) = TarPath.Split(entry.Path);
        if (name.StartsWith(Whiteout, StringComparison.Ordinal) || parentPath.StartsWith(WhiteoutMeta, StringComparison.Ordinal))
            Remove(entry.Path, parentPath, name);
        else
            Put(entry, Directory(parentPath, entry.Path), name, ordinal, content, seen);
    }

    private void Remove(string path, string parentPath, string name)
    {
        if (name == Opaque)
        {
            Directory(parentPath, path).Clear(_layer);
            return;
        }
        // Files of aufs for its own use, which old layers contain.
        if (name.StartsWith(WhiteoutMeta, StringComparison.Ordinal) || parentPath.StartsWith(WhiteoutMeta, StringComparison.Ordinal)) return;

        var hidden = name[Whiteout.Length..];
        if (hidden is "" or "." or "..") throw BadPath(path, "a whiteout names no file");
        var parent = Directory(parentPath, path);
        if (parent.Child(hidden) is not { } child) return;
        child.Clear(_layer);
        if (child.Layer != _layer && child.Children.Count == 0) parent.RemoveChild(hidden);
    }

    private void Put(TarEntry entry, FileTreeNode parent, string name, int ordinal, Digest content, object? seen)
    {
        var existing = parent.Child(name);
        var path = TarPath.Join(parent.File.Path, name);
        // One string for both: an image has many names.
        if (path == entry.Path) path = entry.Path;
        var file = entry.Kind == TarEntryKind.HardLink
            ? LinkedFile(entry, ordinal, existing) with { Path = path }
            : new FileNode { Path = path, Entry = entry, LayerIndex = _layer, Ordinal = ordinal, Content = content, Seen = seen };
        if (file.Entry.Path != path) file = file with { Entry = file.Entry with { Path = path } };
        Account(entry);

        if (existing is null) Create(parent, name, file);
        else existing.Update(file, _layer);
    }

    private FileNode LinkedFile(TarEntry entry, int ordinal, FileTreeNode? existing)
    {
        var target = tree.Locate(entry.LinkTarget!, followLast: false).Found;
        if (target is null && isPart) return new FileNode { Path = entry.Path, Entry = entry, LayerIndex = _layer, Ordinal = ordinal };
        if (target is null || target == existing) throw BadPath(entry.Path, "it is a hard link to nothing");
        if (target.IsDirectory) throw BadPath(entry.Path, "it is a hard link to a directory");
        return target.File;
    }

    /// <summary>A directory, made with all its parents where it is missing.</summary>
    private FileTreeNode Directory(string path, string entryPath)
    {
        if (path.Length == 0) return tree.Root;
        var place = tree.Locate(path, followLast: true, _layer);
        if (place.Blocked || !place.Node.IsDirectory)
            throw BadPath(entryPath, $"'{place.Node.File.Path}' is not a directory");
        var node = place.Node;
        foreach (var name in place.Missing)
        {
            var made = TarPath.Join(node.File.Path, name);
            node = Create(node, name, new FileNode { Path = made, Entry = new TarEntry(made, TarEntryKind.Directory), LayerIndex = _layer });
        }
        return node;
    }

    private FileTreeNode Create(FileTreeNode parent, string name, FileNode file)
    {
        if (++_files > limits.MaxFiles) throw LayerErrors.TooMuch($"the image has more than {limits.MaxFiles} files", _where);
        // Links to far directories could otherwise make paths of any length out of short names.
        if (file.Path.Length > TarPath.MaxLength) throw BadPath(file.Path, $"the path is longer than {TarPath.MaxLength}");
        Account(file.Path.Length);
        var node = new FileTreeNode(parent, file, _layer);
        parent.SetChild(name, node);
        return node;
    }

    private void Account(TarEntry entry)
    {
        long size = entry.LinkTarget?.Length ?? 0;
        foreach (var (key, value) in entry.ExtendedAttributes) size += key.Length + value.Length;
        Account(size);
    }

    private void Account(long size)
    {
        if ((_names += size) > limits.MaxNames) throw LayerErrors.TooMuch("its names and attributes fill the memory", _where);
    }

    private ViaductException BadPath(string path, string why) => LayerErrors.BadPath(path, why, _where);
}
