using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>Reads a file that may be a tar archive, as it is or packed with gzip, bzip2, xz or zstd. What it is its first bytes decide, never its name.</summary>
internal sealed class ArchiveReader(BlobSpool spool, LayerLimits limits)
{
    /// <summary>Characters of names and links and bytes of attributes, which are kept in memory.</summary>
    private const long MaxNames = 256L << 20;

    /// <returns>Null when it is no archive: docker copies whatever has no first header (fileop, unpack.go isArchivePath).</returns>
    /// <param name="unsound">Makes the error of an archive that begins well.</param>
    public async Task<IReadOnlyList<ArchiveMember>?> ReadAsync(FileContent file, long size, Func<string, ViaductException> unsound, CancellationToken cancellationToken)
    {
        var blob = new Blob(new Descriptor(MediaTypes.OciLayer, default, size), file.OpenAsync);
        await using var entries = LayerReader.ReadAsync(blob, limits with { AnyPacking = true }, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var members = new List<ArchiveMember>();
        var begun = false;
        try
        {
            if (!await entries.MoveNextAsync().ConfigureAwait(false)) return null;
            begun = true;
            var output = spool.Begin();
            Blob? spooled = null;
            var names = 0L;
            do
            {
                var (entry, content) = entries.Current;
                names += entry.Path.Length + (entry.LinkTarget?.Length ?? 0) + entry.ExtendedAttributes.Sum(a => a.Key.Length + a.Value.Length);
                if (names > MaxNames) throw unsound($"its names have more than {MaxNames} bytes");
                var offset = output.Length;
                if (entry.Kind == TarEntryKind.File) await content.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
                members.Add(new ArchiveMember(entry, entry.Kind == TarEntryKind.File ? new SpooledMember(() => spooled!, offset, entry.Size) : null));
            }
            while (await entries.MoveNextAsync().ConfigureAwait(false));
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            spooled = output.Seal(new Descriptor(MediaTypes.OciLayer, default, output.Length));
        }
        // Where no archive begins: the same number as a damaged one's.
        catch (ViaductException e) when (e.Code == "VIA1020" && !begun)
        {
            return null;
        }
        catch (ViaductException e) when (e.Code.StartsWith("VIA102", StringComparison.Ordinal))
        {
            throw unsound(e.Message.StartsWith("the layer ", StringComparison.Ordinal) ? "it " + e.Message["the layer ".Length..] : e.Message);
        }
        file.CheckUnchanged();
        return members;
    }
}
