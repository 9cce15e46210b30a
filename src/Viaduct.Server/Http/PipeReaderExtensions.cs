using System.IO.Pipelines;

namespace Viaduct.Server;

internal static class PipeReaderExtensions
{
    /// <summary>Reads what there is; waits for more no longer than a client may stand still.</summary>
    /// <exception cref="TimeoutException">Nothing came.</exception>
    public static ValueTask<ReadResult> ReadOrStallAsync(this PipeReader body, TimeSpan stall, TimeProvider clock, CancellationToken cancellationToken)
    {
        var read = body.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? read : WaitAsync(body, read.AsTask(), stall, clock);
    }

    private static async ValueTask<ReadResult> WaitAsync(PipeReader body, Task<ReadResult> read, TimeSpan stall, TimeProvider clock)
    {
        try
        {
            return await read.WaitAsync(stall, clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The reader must not be left inside a read.
            body.CancelPendingRead();
            await ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
