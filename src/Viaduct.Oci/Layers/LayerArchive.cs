namespace Viaduct.Oci.Layers;

/// <summary>A layer being read: unpacked by what its first bytes are, because media types in the field do not always tell.</summary>
internal sealed class LayerArchive : IDisposable
{
    private readonly CountingStream _packed;
    private readonly BoundedStream _unpacked;
    private readonly BufferedStream _plain;
    private readonly TarReader _tar;
    private readonly LayerPacking _packing;
    private readonly LayerLimits _limits;
    private readonly string _where;
    private bool _ended;

    private LayerArchive(CountingStream packed, LayerPacking packing, LayerLimits limits, string where)
    {
        _packed = packed;
        _packing = packing;
        _limits = limits;
        _where = where;
        _unpacked = new BoundedStream(LayerCompression.Unpack(packed, packing), packed, limits, where);
        _plain = new BufferedStream(_unpacked, 1 << 17);
        _tar = new TarReader(_plain, where);
    }

    /// <summary>How many entries were read.</summary>
    public int Count { get; private set; }

    public Stream Content => _tar.Content;

    public static async ValueTask<LayerArchive> OpenAsync(Blob layer, LayerLimits limits, CancellationToken cancellationToken)
    {
        var where = $"layer {layer.Descriptor.Digest}";
        LayerCompression.RefuseType(layer.Descriptor.MediaType, where);
        var stream = await layer.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var head = new byte[LayerCompression.HeadLength];
            var count = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            var packing = LayerCompression.Of(head.AsSpan(0, count), where, limits.AnyPacking);
            return new LayerArchive(new CountingStream(head.AsMemory(0, count), stream, limits.MaxBytes, where), packing, limits, where);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<TarEntry?> NextAsync(CancellationToken cancellationToken)
    {
        if (_ended) return null;
        if (await _tar.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
            return ++Count <= _limits.MaxEntries ? entry : throw LayerErrors.TooMuch($"more than {_limits.MaxEntries} entries", _where);

        _ended = true;
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>What follows the archive's end is padding, but only a stream that was read to its end has checked its checksum and its digest.</summary>
    private async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        var scratch = new byte[1 << 16];
        while (await _plain.ReadAsync(scratch, cancellationToken).ConfigureAwait(false) > 0) { }
        while (await _packed.ReadAsync(scratch, cancellationToken).ConfigureAwait(false) > 0) { }
        // The runtime's GZipStream takes an end within the header for a content of nothing; that content's checksum and size are eight zeros.
        if (_packing == LayerPacking.Gzip && _unpacked.Position == 0 && _packed.Tail.ContainsAnyExcept((byte)0))
            throw LayerErrors.BadArchive("its compression ends early", _where);
    }

    public void Dispose() => _plain.Dispose();
}
