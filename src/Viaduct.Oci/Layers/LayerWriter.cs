using Viaduct.Oci.Compression;

namespace Viaduct.Oci.Layers;

/// <summary>
/// Makes a layer in one pass: tar, its digest (the diff id), gzip or zstd, its digest. The same entries in the same order make the same bytes
/// on every machine and with any number of threads.
/// </summary>
public sealed class LayerWriter : IAsyncDisposable
{
    private readonly Stream _output;
    private readonly HashingStream _compressed;
    private readonly Stream _packer;
    private readonly string _mediaType;
    private readonly HashingStream _plain;
    private readonly TarWriter _tar;

    /// <param name="output">Where the compressed layer goes; stays open.</param>
    /// <param name="threads">Of gzip; zstd is fast enough with one.</param>
    public LayerWriter(Stream output, int threads, Compressor compressor = Compressor.Gzip)
    {
        _output = output;
        _compressed = new HashingStream(output);
        (_packer, _mediaType) = compressor switch
        {
            Compressor.Gzip => ((Stream)new PinnedGzipStream(_compressed, threads, leaveOpen: true), MediaTypes.OciLayerGzip),
            Compressor.Zstd => (PinnedZstd.Compress(_compressed), MediaTypes.OciLayerZstd),
            _ => throw new ArgumentOutOfRangeException(nameof(compressor)),
        };
        _plain = new HashingStream(_packer);
        _tar = new TarWriter(_plain);
    }

    /// <inheritdoc cref="TarWriter.WriteAsync"/>
    public ValueTask AddAsync(TarEntry entry, Stream? content, CancellationToken cancellationToken) =>
        _tar.WriteAsync(entry, content, cancellationToken);

    /// <summary>Ends the layer. Without it the output is of no use.</summary>
    public async ValueTask<Layer> CompleteAsync(CancellationToken cancellationToken)
    {
        await _tar.CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (_packer is PinnedGzipStream gzip) await gzip.CompleteAsync(cancellationToken).ConfigureAwait(false);
        // It writes its end when it is closed; what it writes to stays open.
        else await _packer.DisposeAsync().ConfigureAwait(false);
        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new Layer(new Descriptor(_mediaType, _compressed.Finish(), _compressed.Length), _plain.Finish());
    }

    public async ValueTask DisposeAsync()
    {
        await _packer.DisposeAsync().ConfigureAwait(false);
        await _plain.DisposeAsync().ConfigureAwait(false);
        await _compressed.DisposeAsync().ConfigureAwait(false);
    }
}
