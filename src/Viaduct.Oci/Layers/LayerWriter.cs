using Viaduct.Oci.Compression;

namespace Viaduct.Oci.Layers;

/// <summary>
/// Makes a layer in one pass: tar, its digest (the diff id), gzip, its digest. The same entries in the same order make the same bytes
/// on every machine and with any number of threads.
/// </summary>
public sealed class LayerWriter : IAsyncDisposable
{
    private readonly Stream _output;
    private readonly HashingStream _compressed;
    private readonly PinnedGzipStream _gzip;
    private readonly HashingStream _plain;
    private readonly TarWriter _tar;

    /// <param name="output">Where the compressed layer goes; stays open.</param>
    public LayerWriter(Stream output, int threads)
    {
        _output = output;
        _compressed = new HashingStream(output);
        _gzip = new PinnedGzipStream(_compressed, threads, leaveOpen: true);
        _plain = new HashingStream(_gzip);
        _tar = new TarWriter(_plain);
    }

    /// <inheritdoc cref="TarWriter.WriteAsync"/>
    public ValueTask AddAsync(TarEntry entry, Stream? content, CancellationToken cancellationToken) =>
        _tar.WriteAsync(entry, content, cancellationToken);

    /// <summary>Ends the layer. Without it the output is of no use.</summary>
    public async ValueTask<Layer> CompleteAsync(CancellationToken cancellationToken)
    {
        await _tar.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await _gzip.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new Layer(new Descriptor(MediaTypes.OciLayerGzip, _compressed.Finish(), _compressed.Length), _plain.Finish());
    }

    public async ValueTask DisposeAsync()
    {
        await _gzip.DisposeAsync().ConfigureAwait(false);
        await _plain.DisposeAsync().ConfigureAwait(false);
        await _compressed.DisposeAsync().ConfigureAwait(false);
    }
}
