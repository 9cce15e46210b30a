using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build.Engines;

/// <summary>
/// A build context on its way to an engine: what the input key counts, no more and no less, in ordinal order, with the modes of
/// <see cref="BuildContext"/> and one time for all, so that a COPY makes the same files whoever builds.
/// </summary>
internal sealed class ContextTar(Stream output, long epoch)
{
    private readonly TarWriter _tar = new(output);

    /// <summary>Without sockets, pipes and devices, which docker's clients leave out as well (moby archive.TarWithOptions, buildx fsutil).</summary>
    /// <exception cref="ViaductException">VIA2126, VIA2130: something that cannot be sent.</exception>
    public static IEnumerable<(string Path, TreeNode Node)> Nodes(TreeNode root)
    {
        foreach (var (path, node) in root.Below())
            if (node.Content is not Uncopyable uncopyable) yield return (path, node);
            else if (!uncopyable.IsSpecial) throw uncopyable.Refusal;
    }

    /// <exception cref="ViaductException">VIA2128: it changes while it is read.</exception>
    public async Task AddAsync(string path, TreeNode node, CancellationToken cancellationToken)
    {
        var content = node.Content is null ? Stream.Null : await node.Content.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
            try
            {
                await AddAsync(node.Entry with { Path = path }, content, cancellationToken).ConfigureAwait(false);
            }
            catch (ViaductException e) when (e.Code == "VIA1025" && node.Content is ContextFile file)
            {
                throw BuildErrors.Changed(file.Path);
            }
        node.Content?.CheckUnchanged();
    }

    public ValueTask AddAsync(TarEntry entry, Stream? content, CancellationToken cancellationToken) =>
        _tar.WriteAsync(entry with { ModificationTime = epoch }, content, cancellationToken);

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => _tar.CompleteAsync(cancellationToken);
}
