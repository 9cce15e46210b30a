using System.Text;
using Viaduct.Oci.Layers;

namespace Viaduct.Build.Engines;

/// <summary>
/// The build context as an engine takes it: a tar in GNU's format (BuildKit takes the headers of PAX for files), in ordinal order, nothing in it of the
/// time, the machine or the user.
/// </summary>
/// <param name="withCopy">Adds the same tree once more, its files as hard links, below the Dockerfile's folder: for a stage that is the context alone.</param>
internal sealed class ContextArchive(BuildContext context, string dockerfile, bool withCopy, bool classic, long epoch)
{
    private const string IgnoreFile = ".dockerignore";

    /// <summary>Where the Dockerfile is: no context has anything of this name.</summary>
    public static string PathOf(bool classic) => classic ? ContextCopies.Folder : ContextCopies.Folder + "/Dockerfile";

    /// <exception cref="Oci.ViaductException">VIA2126, VIA2128, VIA2130.</exception>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        var tar = new ContextTar(output, epoch);
        if (!classic) await AddFolderAsync(tar, ContextCopies.Folder, cancellationToken).ConfigureAwait(false);
        await AddTextAsync(tar, PathOf(classic), dockerfile, cancellationToken).ConfigureAwait(false);
        var entries = ContextTar.Nodes(context.Tree.Root).ToList();
        foreach (var (path, node) in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (classic && path == IgnoreFile && node.Content is not null) await AddIgnoreAsync(tar, node.Content, cancellationToken).ConfigureAwait(false);
            else await tar.AddAsync(path, node, cancellationToken).ConfigureAwait(false);
        }
        if (classic && context.Tree.Root.Child(IgnoreFile) is null) await AddTextAsync(tar, IgnoreFile, $"{IgnoreFile}\n{ContextCopies.Folder}\n", cancellationToken).ConfigureAwait(false);
        if (withCopy) await AddCopyAsync(tar, entries, cancellationToken).ConfigureAwait(false);
        await tar.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The classic builder takes the Dockerfile out of the context when this says so; docker's client adds the same line.</summary>
    private static async Task AddIgnoreAsync(ContextTar tar, FileContent content, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(await content.OpenAsync(cancellationToken).ConfigureAwait(false));
        await AddTextAsync(tar, IgnoreFile, $"{await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false)}\n{ContextCopies.Folder}\n", cancellationToken).ConfigureAwait(false);
    }

    private static async Task AddCopyAsync(ContextTar tar, List<(string Path, TreeNode Node)> entries, CancellationToken cancellationToken)
    {
        const string Root = ContextCopies.Folder + "/context";
        await AddFolderAsync(tar, Root, cancellationToken).ConfigureAwait(false);
        foreach (var (path, node) in entries)
        {
            var entry = node.Entry.Kind == TarEntryKind.File
                ? new TarEntry($"{Root}/{path}", TarEntryKind.HardLink) { LinkTarget = path, Mode = node.Entry.Mode }
                : node.Entry with { Path = $"{Root}/{path}" };
            await tar.AddAsync(entry, null, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ValueTask AddFolderAsync(ContextTar tar, string path, CancellationToken cancellationToken) =>
        tar.AddAsync(new TarEntry(path, TarEntryKind.Directory), null, cancellationToken);

    private static async ValueTask AddTextAsync(ContextTar tar, string path, string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await tar.AddAsync(new TarEntry(path, TarEntryKind.File) { Size = bytes.Length }, new MemoryStream(bytes), cancellationToken).ConfigureAwait(false);
    }
}
