using System.Runtime.CompilerServices;

namespace Viaduct.Oci.Layers;

/// <summary>Reads the entries of a layer: gzip or plain tar.</summary>
public static class LayerReader
{
    /// <inheritdoc cref="ReadAsync(Blob, LayerLimits, CancellationToken)"/>
    public static IAsyncEnumerable<(TarEntry Entry, Stream Content)> ReadAsync(Blob layer, CancellationToken cancellationToken) =>
        ReadAsync(layer, LayerLimits.Default, cancellationToken);

    /// <summary>
    /// The entries in the order of the archive, whiteouts as the files they are. A content can be read until the next entry is asked for.
    /// Only an enumeration to the end has checked the layer's digest (by the blob's own stream).
    /// </summary>
    /// <exception cref="ViaductException">VIA1020 to VIA1024.</exception>
    public static async IAsyncEnumerable<(TarEntry Entry, Stream Content)> ReadAsync(
        Blob layer, LayerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var archive = await LayerArchive.OpenAsync(layer, limits, cancellationToken).ConfigureAwait(false);
        while (await archive.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
            yield return (entry, archive.Content);
    }
}
