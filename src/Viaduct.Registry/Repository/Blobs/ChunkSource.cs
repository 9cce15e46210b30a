using System.Buffers;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// The parts of a blob, read one after the other from a source that is opened once. Only where a part is to be sent again is it opened again,
/// and what lies before is passed over. Nothing is kept of a part.
/// </summary>
internal sealed class ChunkSource(Blob blob) : IAsyncDisposable
{
    private Stream? _stream;
    private long _position;
    private Chunk? _open;

    public Body Part(long offset, long length) =>
        new("application/octet-stream", length, token => OpenAsync(offset, length, token)) { Range = $"{offset}-{offset + length - 1}" };

    public async ValueTask DisposeAsync()
    {
        _open = null;
        if (_stream is not null) await _stream.DisposeAsync().ConfigureAwait(false);
        _stream = null;
    }

    private async ValueTask<Stream> OpenAsync(long offset, long length, CancellationToken cancellationToken)
    {
        // A part that was not read to its end may still be read: HTTP sends on behind an answer that came early.
        if (_stream is null || _position != offset || _open is { IsOver: false }) await ReopenAsync(offset, cancellationToken).ConfigureAwait(false);
        // The last one has no end here, so that a source with too many bytes is noticed.
        return _open = new Chunk(this, _stream!, offset + length == blob.Descriptor.Size ? long.MaxValue : length);
    }

    private async ValueTask ReopenAsync(long offset, CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        var stream = VerifyingStream.ForReceiver(await blob.OpenAsync(cancellationToken).ConfigureAwait(false));
        try
        {
            if (stream.CanSeek) stream.Seek(offset, SeekOrigin.Begin);
            else await PassOverAsync(stream, offset, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        (_stream, _position) = (stream, offset);
    }

    private async ValueTask PassOverAsync(Stream stream, long count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            for (var left = count; left > 0;)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken).ConfigureAwait(false);
                if (read == 0) throw RegistryErrors.SourceChanged(blob.Descriptor.Size, "fewer");
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>One part; closing it leaves the source open for the next.</summary>
    private sealed class Chunk(ChunkSource owner, Stream stream, long length) : ReadOnlyStream
    {
        private long _left = length;
        private bool _isBusy;

        public bool IsOver => _left == 0 && !_isBusy;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            ObjectDisposedException.ThrowIf(owner._open != this, this);
            if (_left < buffer.Length) buffer = buffer[..(int)_left];
            if (buffer.IsEmpty) return 0;
            _isBusy = true;
            var count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            // Not when it failed: whoever wants the same bytes opens them again.
            _isBusy = false;
            _left -= count;
            if (owner._open == this) owner._position += count;
            return count;
        }
    }
}
