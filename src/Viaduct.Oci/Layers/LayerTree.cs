namespace Viaduct.Oci.Layers;

/// <summary>
/// The file system that scanned layers make together: all of an image's, or its uppermost ones, which often decide already.
/// Paths are read from the image's root, with or without a leading slash. It remembers what it was asked, so it is for one asker.
/// </summary>
public sealed class LayerTree
{
    private readonly FileTree _tree;
    private readonly Dictionary<FileTreeNode, ILookup<string, FileTreeNode>> _anyCase = [];

    private LayerTree(FileTree tree, bool isWhole)
    {
        _tree = tree;
        IsWhole = isWhole;
    }

    /// <summary>All layers of the image are here.</summary>
    public bool IsWhole { get; }

    /// <summary>True once an answer was given that the layers which are not here could change.</summary>
    public bool IsDoubtful => !IsWhole && _tree.IsDoubtful;

    /// <summary>What merging and asking took so far: see <see cref="LayerLimits.MaxSteps"/>, which holds for both together.</summary>
    public long Steps => _tree.Steps;

    /// <param name="layers">The uppermost layers of the image, the lowest first.</param>
    /// <param name="below">How many layers of the image lie below them.</param>
    /// <param name="cancellationToken">Of merging, and of all that the tree is asked later.</param>
    /// <exception cref="ViaductException">VIA1021, VIA1022, VIA1024. Of a part it need not hold for the whole: a lower layer may have what a hard link needs.</exception>
    public static LayerTree Merge(IReadOnlyList<LayerScan> layers, int below, LayerLimits limits, CancellationToken cancellationToken)
    {
        var tree = new FileTree(limits, cancellationToken);
        var merger = new FileTreeMerger(tree, limits, isPart: below > 0);
        for (var index = 0; index < layers.Count; index++)
        {
            merger.Begin(below + index, $"layer {layers[index].Layer.Digest}");
            var ordinal = 0;
            foreach (var (entry, seen) in layers[index].Items)
            {
                tree.Spend(1);
                merger.Apply(entry, ++ordinal, default, seen);
            }
        }
        tree.IsDoubtful = false;
        return new LayerTree(tree, isWhole: below == 0);
    }

    /// <inheritdoc cref="RootFileSystem.Find"/>
    public FileNode? Find(string path) => _tree.Locate(path, followLast: false).Found?.File;

    /// <inheritdoc cref="RootFileSystem.Resolve"/>
    public FileNode? Resolve(string path) => _tree.Locate(path, followLast: true).Found?.File;

    /// <summary>Where a path leads, all links followed, whether anything is there or not; without a leading slash.</summary>
    /// <exception cref="ViaductException">VIA1021, VIA1022.</exception>
    public string RealPath(string path)
    {
        var place = _tree.Locate(path, followLast: true);
        return string.Join('/', place.Missing.Prepend(place.Node.File.Path).Where(part => part.Length > 0));
    }

    /// <summary>
    /// What stands at a path whose names may be written in other cases, as Windows has it. Links are not followed: where one stands
    /// in the way or at the end, it is the answer. Two layers may spell one path in two ways, and the upper one counts.
    /// </summary>
    /// <returns>Null when there is nothing.</returns>
    /// <exception cref="ViaductException">VIA1021.</exception>
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
        foreach (var node in FileTree.Below(_tree.Root))
        {
            _tree.Spend(1);
            yield return node.File;
        }
    }

    private IEnumerable<FileTreeNode> AnyCase(FileTreeNode node, ArraySegment<string> names)
    {
        _tree.Spend(1);
        return names.Count == 0 || node.File.Entry.Kind == TarEntryKind.SymbolicLink
            ? [node]
            : Children(node)[names[0]].SelectMany(child => AnyCase(child, names[1..]));
    }

    /// <summary>A PATH of many folders asks for thousands of names in one folder of many files.</summary>
    private ILookup<string, FileTreeNode> Children(FileTreeNode node)
    {
        if (_anyCase.TryGetValue(node, out var known)) return known;
        _tree.Spend(node.Children.Count);
        return _anyCase[node] = node.Children.ToLookup(child => TarPath.Split(child.File.Path).Name, StringComparer.OrdinalIgnoreCase);
    }
}
