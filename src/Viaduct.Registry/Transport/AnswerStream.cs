namespace Viaduct.Registry;

/// <summary>An answer's body that fails with a sentence when the connection breaks or stands still.</summary>
internal sealed class AnswerStream(Stream inner, Answer answer, Watchdog watchdog, Receipt receipt) : ReadOnlyStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            watchdog.Follow(cancellationToken);
            var reading = inner.ReadAsync(buffer, watchdog.Token);
            int count;
            if (reading.IsCompletedSuccessfully)
            {
                count = reading.Result;
            }
            else
            {
                watchdog.Arm(Patience.Body);
                count = await reading.ConfigureAwait(false);
                watchdog.Rest();
            }
            receipt.Received(count);
            _read += count;
            return count;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && TransportFailures.ExplainBody(e, answer, _read, watchdog) is { } explained)
        {
            throw explained;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            answer.End();
        }
        base.Dispose(disposing);
    }
}
