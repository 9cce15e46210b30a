namespace Viaduct.Oci.Layers;

/// <summary>
/// Reads tar archives of strangers: ustar, V7, GNU long names and PAX. Where archives are ambiguous it decides as Go's archive/tar,
/// because that is what the engines unpack with. Names that leave the archive, wrong checksums, impossible numbers and a premature end are errors.
/// </summary>
/// <param name="input">Is read forward only and stays open.</param>
/// <param name="where">Names the archive in errors.</param>
public sealed class TarReader(Stream input, string? where = null)
{
    /// <summary>What Go reads of a PAX header or a long name at most (maxSpecialFileSize).</summary>
    private const int MaxExtension = 1 << 20;

    private readonly byte[] _block = new byte[TarField.BlockSize];
    private readonly byte[] _scratch = new byte[64 << 10];
    private TarContentStream? _content;
    private long _unread;
    private bool _ended;

    /// <summary>The content of the entry that <see cref="NextAsync"/> gave last; need not be read to its end, and is of no use after the next call.</summary>
    public Stream Content => _content ?? Stream.Null;

    /// <returns>Null at the end of the archive.</returns>
    /// <exception cref="ViaductException">VIA1020, VIA1023, VIA1024.</exception>
    public async ValueTask<TarEntry?> NextAsync(CancellationToken cancellationToken)
    {
        await LeaveContentAsync(cancellationToken).ConfigureAwait(false);
        var extensions = new TarExtensions(where);
        while (!_ended && await ReadBlockAsync(cancellationToken).ConfigureAwait(false))
        {
            var header = TarHeader.Parse(_block, where);
            switch (header.Type)
            {
                case (byte)'x' or (byte)'X': extensions.SetPax(await ReadExtensionAsync(header, cancellationToken).ConfigureAwait(false)); break;
                case (byte)'L': extensions.SetName(await ReadExtensionAsync(header, cancellationToken).ConfigureAwait(false)); break;
                case (byte)'K': extensions.SetLink(await ReadExtensionAsync(header, cancellationToken).ConfigureAwait(false)); break;
                // Global headers (git archive writes its commit there) and GNU volume labels say nothing about files.
                case (byte)'g' or (byte)'V': await ReadExtensionAsync(header, cancellationToken).ConfigureAwait(false); break;
                default: return Begin(extensions.Apply(header));
            }
        }
        _ended = true;
        return extensions.IsEmpty ? null : throw LayerErrors.BadArchive("it ends before the entry that a long name belongs to", where);
    }

    private TarEntry Begin(TarEntry entry)
    {
        _content = new TarContentStream(input, entry.Size, where);
        _unread = Padding(entry.Size);
        return entry;
    }

    private async ValueTask LeaveContentAsync(CancellationToken cancellationToken)
    {
        if (_content is null) return;
        while (_content.Left > 0)
            await _content.ReadAsync(_scratch, cancellationToken).ConfigureAwait(false);
        _content.Retire();
        _content = null;
        await FillAsync(_scratch.AsMemory(0, (int)_unread), "padding", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>False at the end: two blocks of zeros, one at the end of the input, or an input that simply ends here, as Go has it.</summary>
    private async ValueTask<bool> ReadBlockAsync(CancellationToken cancellationToken)
    {
        if (!await TryFillAsync(cancellationToken).ConfigureAwait(false)) return false;
        if (_block.AsSpan().ContainsAnyExcept((byte)0)) return true;
        if (await TryFillAsync(cancellationToken).ConfigureAwait(false) && _block.AsSpan().ContainsAnyExcept((byte)0))
            throw LayerErrors.BadArchive("a block of zeros stands between entries", where);
        return false;
    }

    private async ValueTask<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        var count = await input.ReadAtLeastAsync(_block, _block.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (count is not 0 and not TarField.BlockSize) throw LayerErrors.BadArchive("it ends within a header", where);
        return count != 0;
    }

    private async ValueTask<byte[]> ReadExtensionAsync(TarHeader header, CancellationToken cancellationToken)
    {
        if (header.Size is < 0 or > MaxExtension)
            throw LayerErrors.BadArchive($"an extended header of {header.Size} bytes", where);
        var bytes = new byte[header.Size];
        await FillAsync(bytes, "an extended header", cancellationToken).ConfigureAwait(false);
        await FillAsync(_scratch.AsMemory(0, (int)Padding(header.Size)), "padding", cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private async ValueTask FillAsync(Memory<byte> buffer, string what, CancellationToken cancellationToken)
    {
        var count = await input.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (count < buffer.Length) throw LayerErrors.BadArchive($"it ends within {what}", where);
    }

    private static long Padding(long size) => -size & (TarField.BlockSize - 1);
}
