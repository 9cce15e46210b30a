using Viaduct.Build.Dockerfiles;
using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>
/// Copies into a tree and remembers what changed: that is the layer. The steps are those of BuildKit's copy (fsutil, copy/copy.go), links included.
/// Folders that are there already keep their metadata and are not repeated in the layer.
/// </summary>
internal sealed class LayerChanges(FileTree tree, Word destination)
{
    private readonly SortedDictionary<string, TreeNode> _changed = new(StringComparer.Ordinal);

    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

    /// <summary>By path, in ordinal order, so that folders come before what is in them.</summary>
    public IReadOnlyDictionary<string, TreeNode> Changed => _changed;

    /// <param name="path">The absolute destination; <paramref name="isFolder"/> when it was written as a folder.</param>
    /// <param name="owner">Null keeps the owners of the source.</param>
    /// <param name="mode">Null keeps the modes of the source.</param>
    public void Copy(CopySource source, string path, bool isFolder, Owner? owner, int? mode)
    {
        MakeFolders(tree.Locate(isFolder ? path : SlashPath.Parent(path), destination), owner ?? Owner.Root);
        var target = tree.Locate(path, destination);
        if (!source.Node.IsFolder && tree.Find(target) is { IsFolder: true }) target = SlashPath.Join(target, source.Name);
        var ensure = source.Node.IsFolder && tree.Find(target) is null ? target : SlashPath.Parent(target);
        MakeFolders(ensure, owner ?? Owner.Root);
        Put(source.Node, target, owner, mode, overwrite: false);
    }

    /// <summary>
    /// Unpacks an archive into a folder as docker does (moby/go-archive, Unpack): paths are found through links as a process
    /// would that has the folder as its root; a folder over a folder is merged, and anything else replaces what is there. Modes are the archive's, and so are owners where none is given.
    /// </summary>
    public void Unpack(IReadOnlyList<ArchiveMember> members, string path, Owner? owner, Func<string, Oci.ViaductException> unsound)
    {
        var top = tree.Locate(path, destination);
        MakeFolders(top, owner ?? Owner.Root);
        var inside = new FileTree(tree.Find(top)!);
        var linked = 0L;
        foreach (var (member, content) in members)
        {
            var entry = member;
            if (entry.Path.Length == 0) continue;
            if (owner is { } given) entry = entry with { Uid = given.Uid, Gid = given.Gid };
            var folder = SlashPath.Join(top, inside.Locate(SlashPath.Parent(entry.Path), destination)).TrimEnd('/');
            MakeFolders(folder, Owner.Root);
            // Linux knows no modes of links, and every unpacked one has this.
            var node = new TreeNode(entry.Kind == TarEntryKind.SymbolicLink ? entry with { Mode = 0b111_111_111 } : entry, content);
            if (entry.Kind == TarEntryKind.HardLink)
            {
                var found = inside.Find(SlashPath.Join(inside.Locate(SlashPath.Parent(entry.LinkTarget!), destination), SlashPath.Name(entry.LinkTarget!)));
                if (found is not { IsFolder: false }) throw unsound($"'{entry.Path}' is a hard link to what is no file");
                // Each is a file of its own in the layer, so a small archive could ask for any amount.
                if ((linked += found.Entry.Size) > LayerLimits.Default.MaxBytes) throw unsound($"its hard links stand for more than {LayerLimits.Default.MaxBytes} bytes");
                node = new TreeNode(found.Entry, found.Content);
            }
            Replace(SlashPath.Join(folder, SlashPath.Name(entry.Path)), node, unsound);
        }
    }

    private void Replace(string path, TreeNode node, Func<string, Oci.ViaductException> unsound)
    {
        var existing = tree.Find(path);
        if (existing is { IsFolder: true } && node.IsFolder)
        {
            existing.Entry = node.Entry;
            _changed[path] = existing;
            return;
        }
        if (existing is { IsFolder: true })
        {
            foreach (var (below, _) in existing.Below(path)) _changed.Remove(below);
            _replaced.Add(path);
        }
        // In one layer a folder cannot hide the folder that the layers below have.
        else if (node.IsFolder && _replaced.Contains(path)) throw unsound($"it puts a file in the place of the folder '/{path}', and then a folder again");
        Set(path, node);
    }

    /// <summary>Makes a folder and those above it that are missing; the path has no links in it.</summary>
    public void MakeFolders(string path, Owner owner)
    {
        var node = tree.Root;
        var at = "";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = SlashPath.Join(at, part);
            if (node.Child(part) is not { } child)
            {
                child = TreeNode.NewFolder();
                child.Entry = child.Entry with { Uid = owner.Uid, Gid = owner.Gid };
                Set(at, child);
            }
            if (!child.IsFolder) throw BuildErrors.DestinationNotFolder(destination, at);
            node = child;
        }
    }

    private void Put(TreeNode source, string path, Owner? owner, int? mode, bool overwrite)
    {
        if (source.Content is Uncopyable content) throw content.Refusal;
        var existing = tree.Find(path);
        var entry = source.Entry with
        {
            Uid = owner?.Uid ?? source.Entry.Uid,
            Gid = owner?.Gid ?? source.Entry.Gid,
            Mode = source.IsLink ? source.Entry.Mode : mode ?? source.Entry.Mode,
        };
        if (!source.IsFolder)
        {
            if (existing is { IsFolder: true }) throw BuildErrors.DestinationIsFolder(destination, path);
            Set(path, new TreeNode(entry, source.Content));
            return;
        }
        if (existing is { IsFolder: false }) throw BuildErrors.DestinationNotFolder(destination, path);
        if (existing is null) Set(path, new TreeNode(entry));
        else if (overwrite)
        {
            existing.Entry = entry;
            _changed[path] = existing;
        }
        foreach (var (name, child) in source.Children) Put(child, SlashPath.Join(path, name), owner, mode, overwrite: true);
    }

    private void Set(string path, TreeNode node)
    {
        // Whoever unpacks the layer would take it for the order to delete a file of the layers below (image-spec, layer.md).
        if (("/" + path).Contains("/.wh.", StringComparison.Ordinal)) throw BuildErrors.Whiteout(destination, path);
        tree.Find(SlashPath.Parent(path))!.Children[SlashPath.Name(path)] = node;
        _changed[path] = node;
    }
}
