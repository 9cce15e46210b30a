using System.Text;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>Executes COPY and ADD.</summary>
/// <param name="openFrom">Opens what <c>--from</c> names.</param>
internal sealed class CopyRunner(BuildContext context, BlobSpool spool, FetchedFiles fetched, Func<Word, CancellationToken, Task<StageImage>> openFrom)
{
    public async Task<LayerChanges> RunAsync(CopyInstruction copy, Step step, StageImage image, CancellationToken cancellationToken)
    {
        var tree = await image.TreeAsync(cancellationToken).ConfigureAwait(false);
        var destination = step.Words[^1];
        var path = SlashPath.Absolute(image.Container.WorkingDir ?? "/", destination.Text).TrimStart('/');
        var isFolder = destination.Text is "" or "." || destination.Text.EndsWith('/') || destination.Text.EndsWith("/.", StringComparison.Ordinal);
        var owner = step.Chown is { Text.Length: > 0 } chown ? await new Owners(tree).FindAsync(chown, cancellationToken).ConfigureAwait(false) : (Owner?)null;
        var mode = step.Chmod is { Text.Length: > 0 } chmod ? Mode(chmod) : (int?)null;

        var sources = await SourcesAsync(copy, step, cancellationToken).ConfigureAwait(false);
        if (sources.Count > 1 && !isFolder && sources.Exists(s => !s.Node.IsFolder) && tree.Find(tree.Locate(path)) is not { IsFolder: true })
            throw BuildErrors.SeveralSources(destination.Word);
        var changes = new LayerChanges(tree, destination.Word);
        foreach (var source in sources)
        {
            var members = source.Node.Content is { } content && (content is ContextFile && copy.Unpack || content is BlobContent && copy.UnpackFetched)
                ? await new ArchiveReader(spool, LayerLimits.Default).ReadAsync(content, source.Node.Entry.Size, source.Unsound(destination.Word), cancellationToken).ConfigureAwait(false) : null;
            if (members is null) changes.Copy(source, path, isFolder, owner, mode);
            else changes.Unpack(members, path, owner, source.Unsound(destination.Word));
        }
        return changes;
    }

    private async Task<List<CopySource>> SourcesAsync(CopyInstruction copy, Step step, CancellationToken cancellationToken)
    {
        IReadOnlyList<CopySource> documents = [.. step.Documents.Select(d => Document(d.Name, d.Text.Text))];
        if (step.Checksum is { } checksum) return [await FetchAsync(step.Words[0], checksum, cancellationToken).ConfigureAwait(false), .. documents];
        var find = copy.From is { } from ? await FinderAsync(from, cancellationToken).ConfigureAwait(false) : context.Resolve;
        return [.. step.Words.SkipLast(1).SelectMany(word => CopyViews.Of(copy, step, word, find)), .. documents];
    }

    /// <summary>A file that only its owner may read (BuildKit, source/http).</summary>
    private async Task<CopySource> FetchAsync(Expanded source, Expanded checksum, CancellationToken cancellationToken)
    {
        var file = RemoteFile.Of(source);
        var blob = await fetched.FindAsync(source.Word, file, Digest.Parse(checksum.Text), spool, cancellationToken).ConfigureAwait(false);
        return new CopySource(file.Name, new TreeNode(new TarEntry("", TarEntryKind.File) { Size = blob.Descriptor.Size, Mode = 0b110_000_000 }, new BlobContent(blob)));
    }

    private async Task<Func<Word, string, IReadOnlyList<CopySource>>> FinderAsync(Word from, CancellationToken cancellationToken)
    {
        var tree = await (await openFrom(from, cancellationToken).ConfigureAwait(false)).TreeAsync(cancellationToken).ConfigureAwait(false);
        return (word, text) => CopySource.Find(tree, word, SlashPath.Absolute("", text).TrimStart('/'), leaves: null)
            ?? throw BuildErrors.NotFound(word, text, $"'{from}'", null, null);
    }

    private static CopySource Document(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new CopySource(name, new TreeNode(new TarEntry("", TarEntryKind.File) { Size = bytes.Length }, new TextContent(bytes)));
    }

    private static int Mode(Expanded chmod)
    {
        var text = chmod.Text;
        return text.Length is > 0 and <= 5 && text.All(c => c is >= '0' and <= '7') && Convert.ToInt32(text, 8) is var mode and <= 0xfff
            ? mode
            : throw BuildErrors.BadValue(chmod.Word, $"'{text}' is not an octal mode", "Write --chmod=0755 or the like.");
    }
}
