using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>
/// The folder that COPY copies from, as a tree without what .dockerignore leaves out. Files are owned by root and have the mode 0755 or 0644
/// by their owner's executable bit, so that no umask and no checkout decides what an image holds. Links are never followed while reading.
/// </summary>
internal sealed class BuildContext
{
    /// <summary>The folder that no context has.</summary>
    public const string Own = ".viaduct";
    private readonly string _root;
    private readonly string? _real;
    private readonly IgnoreFile _ignore;
    private readonly IReadOnlyCollection<string> _hidden;

    private BuildContext(string root, IgnoreFile ignore, IReadOnlyCollection<string> hidden)
    {
        _root = root;
        _real = OperatingSystem.IsLinux() ? RealPath.Of(root) : null;
        _ignore = ignore;
        _hidden = hidden;
        Tree = new FileTree(Folder(""));
    }

    public FileTree Tree { get; }

    /// <param name="hidden">Paths that are not seen, nor folders above them with nothing else in them.</param>
    public static BuildContext Open(string root, string dockerfile, IReadOnlyCollection<string>? hidden = null)
    {
        if (FileStatus.Of(root, follow: true) is not { Kind: FileKind.Directory }) throw BuildErrors.ContextMissing(root);
        return new BuildContext(Path.GetFullPath(root), IgnoreFile.Find(root, dockerfile), hidden ?? []);
    }

    /// <summary>As the image is built from it: without what is prepared for other platforms.</summary>
    public static BuildContext Of(BuildRequest request) => Open(request.Context, request.Dockerfile, request.Prepared?.Others);

    /// <summary>As an input key sees it: without anything that is prepared, so that it is the same before and after.</summary>
    public static BuildContext ForKey(BuildRequest request) =>
        Open(request.Context, request.Dockerfile, request.Prepared is { } prepared ? [.. prepared.Paths, .. prepared.Others] : null);

    /// <summary>Finds what one source of a COPY means: one path, or what a pattern matches, in ordinal order.</summary>
    public IReadOnlyList<CopySource> Resolve(Word word, string source)
    {
        var path = SlashPath.Clean(source.TrimStart('/'));
        if (path == ".." || path.StartsWith("../", StringComparison.Ordinal)) throw BuildErrors.OutsideContext(word, source);
        return CopySource.Find(Tree, word, path, (link, target) => throw BuildErrors.LinkOutsideContext(word, source, link, target))
            ?? throw NotFound(word, source, path);
    }

    /// <summary>The error for a source that is not there, with the reason when .dockerignore is one.</summary>
    private Oci.ViaductException NotFound(Word word, string source, string path)
    {
        var exists = FileStatus.Of(Path.Combine(_root, path)) is not null;
        if (exists && _hidden.Any(h => PreparedOutputs.IsAtOrBelow(path, h))) return BuildErrors.OtherPlatforms(word, source);
        var ignoredBy = !exists ? null : IsOwn(path) ? "Viaduct (it is its own folder)" : _ignore.IgnoredBy(path);
        var parent = Tree.Find(SlashPath.Parent(path));
        var nearest = parent is null ? null : Nearest.To(SlashPath.Name(path), parent.Children.Keys.Take(10_000));
        return BuildErrors.NotFound(word, source, "the build context", ignoredBy, nearest is null ? null : SlashPath.Join(SlashPath.Parent(path), nearest));
    }

    private static bool IsOwn(string path) => path.Split('/').Contains(Own);

    private TreeNode Folder(string path) => new(new TarEntry("", TarEntryKind.Directory), children: () => Children(path));

    private IEnumerable<(string Name, TreeNode Node)> Children(string folder)
    {
        foreach (var name in Names(folder))
        {
            var path = SlashPath.Join(folder, name);
            if (name == Own || _hidden.Contains(path)) continue;
            var ignored = _ignore.Ignores(path);
            if (ignored && !_ignore.HasExceptions) continue;
            var full = Path.Combine(_root, path);
            var status = Undecoded(name) ? null : FileStatus.Ask(full);
            if (status is { Kind: FileKind.Directory })
            {
                var node = Folder(path);
                var mayBeEmpty = !ignored && !_hidden.Any(h => PreparedOutputs.IsAtOrBelow(h, path));
                if (mayBeEmpty || node.Children.Count > 0) yield return (name, node);
            }
            else if (!ignored) yield return (name, Leaf(full, status, path));
        }
    }

    /// <param name="found">Null when the name is listed and cannot be asked for.</param>
    private TreeNode Leaf(string full, FileStatus? found, string path) => found switch
    {
        { Kind: FileKind.File } status => new TreeNode(new TarEntry("", TarEntryKind.File) { Size = status.Size, Mode = status.Executable ? 0b111_101_101 : 0b110_100_100 }, new ContextFile(full, status, _real is null ? null : Path.Combine(_real, path))),
        { Kind: FileKind.SymbolicLink } => Link(full, new FileInfo(full).LinkTarget?.Replace(Path.DirectorySeparatorChar, '/')),
        { } => Uncopyable(BuildErrors.SpecialFile(full)),
        null => Uncopyable(Undecoded(full) ? BuildErrors.NotUtf8(full, "the name") : BuildErrors.Changed(full)),
    };

    private static TreeNode Link(string full, string? target) =>
        target is null ? Uncopyable(BuildErrors.Changed(full))
        : Undecoded(target) ? Uncopyable(BuildErrors.NotUtf8(full, "the link's target"))
        : new TreeNode(new TarEntry("", TarEntryKind.SymbolicLink) { LinkTarget = target });

    // It stands in the tree, so that only a COPY of it fails, and never the build of what lies beside it.
    private static TreeNode Uncopyable(Oci.ViaductException refusal) => new(new TarEntry("", TarEntryKind.Fifo), new Uncopyable(refusal));

    /// <summary>.NET reads what is not UTF-8 as U+FFFD, and then names a file that is not there, or another one.</summary>
    private static bool Undecoded(string name) => name.Contains('\uFFFD');

    private List<string> Names(string folder)
    {
        var full = Path.Combine(_root, folder);
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(full, "*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false })
                .Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BuildErrors.ContextUnreadable(full, e.Message, e);
        }
    }
}
