using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// A blob's bytes from the first mirror that has it, and from the next one or the registry where a mirror breaks off for good: they go on at
/// the same offset, below what hashes them.
/// </summary>
/// <param name="note">Told of a mirror that fails.</param>
internal sealed class MirroredBlob(Descriptor blob, Reference name, IReadOnlyList<Mirror> mirrors, RepositoryReads own, Action<Mirror, ViaductException> note) : ReadOnlyStream
{
    private readonly List<Mirror> _gave = [];
    private Stream? _part;
    private Mirror? _at;
    private int _next;
    private long _read;

    /// <summary>Those that bytes came from.</summary>
    public IReadOnlyList<Mirror> Gave => _gave;

    /// <summary>Opens it at the next place that has it.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        while (_next < mirrors.Count)
        {
            _at = mirrors[_next++];
            if (_at.IsPaused(name.Repository)) continue;
            try
            {
                _part = await _at.Reads(name).Blobs.DownloadAsync(blob, _read, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ViaductException e) when (!cancellationToken.IsCancellationRequested)
            {
                note(_at, e);
            }
        }
        _at = null;
        _part = await own.Blobs.DownloadAsync(blob, _read, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_part is null) await OpenAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var count = await _part!.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0 && !buffer.IsEmpty && _at is not null && _read < blob.Size) throw MirrorErrors.Short(blob, _read);
                if (count > 0 && _at is not null && !_gave.Contains(_at)) _gave.Add(_at);
                _read += count;
                return count;
            }
            catch (ViaductException e) when (_at is not null && !cancellationToken.IsCancellationRequested)
            {
                note(_at, e);
                await CloseAsync().ConfigureAwait(false);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _part?.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask CloseAsync()
    {
        if (_part is not null) await _part.DisposeAsync().ConfigureAwait(false);
        _part = null;
    }
}
