using System.Buffers;
using System.Net;

namespace Viaduct.Registry;

/// <summary>
/// Sends exactly the bytes that were promised, and tells a failure of the source from one of the network:
/// the registry that the bytes are for can be asked again after the second, and has no part in the first.
/// </summary>
internal sealed class OutgoingContent : HttpContent
{
    private readonly Stream _source;
    private readonly Watchdog _watchdog;
    private readonly long _length;

    public OutgoingContent(Stream source, Body body, Watchdog watchdog)
    {
        _source = source;
        _watchdog = watchdog;
        _length = body.Length;
        Headers.ContentLength = body.Length;
        Headers.TryAddWithoutValidation("Content-Type", body.MediaType);
        // .NET's own header has a unit and a total, which ACR refuses.
        if (body.Range is not null) Headers.TryAddWithoutValidation("Content-Range", body.Range);
    }

    public long Sent { get; private set; }

    public Exception? SourceFailure { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(_length, 1, 1 << 17));
        _watchdog.Rest();
        try
        {
            while (await ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                // Reading the source has its own limits; this one is for the registry that takes no more.
                _watchdog.Arm(Patience.Body);
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                _watchdog.Rest();
                Sent += count;
            }
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            _watchdog.Arm(Patience.Headers(_length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            var count = await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0 ? Sent < _length : Sent + count > _length)
                throw RegistryErrors.SourceChanged(_length, count == 0 ? "fewer" : "more");
            return count;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            SourceFailure = e;
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _source.Dispose();
        base.Dispose(disposing);
    }
}
