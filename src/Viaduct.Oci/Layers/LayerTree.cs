namespace Viaduct.Oci.Layers;

/// <summary>
/// The file system that scanned layers make together: all of an image's, or its uppermost ones, which often decide already.
/// Paths are read from the image's root, with or without a leading slash. It remembers what it was asked, so it is for one asker.
/// </summary>
public sealed class LayerTree
{
    private readonly FileTree _tree = new();

    private LayerTree(bool isWhole) => IsWhole = isWhole;

    /// <summary>All layers of the image are here.</summary>
    public bool IsWhole { get; }

    /// <summary>True once an answer was given that the layers which are not here could change.</summary>
    public bool IsDoubtful => !IsWhole && _tree.IsDoubtful;

    /// <param name="layers">The uppermost layers of the image, the lowest first.</param>
    /// <param name="below">How many layers of the image lie below them.</param>
    /// <exception cref="ViaductException">VIA1021, VIA1022, VIA1024. Of a part it need not hold for the whole: a lower layer may have what a hard link needs.</exception>
    public static LayerTree Merge(IReadOnlyList<LayerScan> layers, int below, LayerLimits limits)
    {
        var tree = new LayerTree(isWhole: below == 0);
        var merger = new FileTreeMerger(tree._tree, limits, isPart: below > 0);
        for (var index = 0; index < layers.Count; index++)
        {
            merger.Begin(below + index, $"layer {layers[index].Layer.Digest}");
            var ordinal = 0;
            foreach (var (entry, seen) in layers[index].Items) merger.Apply(entry, ++ordinal, default, seen);
        }
        tree._tree.IsDoubtful = false;
        return tree;
    }

    /// <inheritdoc cref="RootFileSystem.Find"/>
    public FileNode? Find(string path) => _tree.Locate(path, followLast: false).Found?.File;

    /// <inheritdoc cref="RootFileSystem.Resolve"/>
    public FileNode? Resolve(string path) => _tree.Locate(path, followLast: true).Found?.File;

    /// <summary>
    /// What stands at a path whose names may be written in other cases, as Windows has it; links are not followed.
    /// Two layers may spell one path in two ways, and the upper one counts.
    /// </summary>
    /// <returns>Null when there is nothing.</returns>
    public FileNode? FindAnyCase(string path)
    {
        var found = AnyCase(_tree.Root, path.Split('/', StringSplitOptions.RemoveEmptyEntries)).MaxBy(node => node.Layer);
        _tree.IsDoubtful |= found is null or { File.Entry.Kind: TarEntryKind.HardLink };
        return found?.File;
    }

    /// <summary>All that is in the image, each directory before what is in it, names in ordinal order.</summary>
    public IEnumerable<FileNode> Walk()
    {
        _tree.IsDoubtful = true;
        return FileTree.Below(_tree.Root).Select(node => node.File);
    }

    private static IEnumerable<FileTreeNode> AnyCase(FileTreeNode node, ArraySegment<string> names) =>
        names.Count == 0
            ? [node]
            : node.Children.Where(child => TarPath.Split(child.File.Path).Name.Equals(names[0], StringComparison.OrdinalIgnoreCase))
                .SelectMany(child => AnyCase(child, names[1..]));
}
