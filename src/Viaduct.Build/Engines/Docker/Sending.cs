using System.IO.Pipelines;

namespace Viaduct.Build.Engines;

/// <summary>Sends what is made while it is sent.</summary>
internal static class Sending
{
    /// <summary>Calls with a stream of what is written, and ends the writing when the call has its answer: an engine that has answered reads no more.</summary>
    /// <exception cref="Exception">What <paramref name="write"/> threw, before what <paramref name="call"/> threw because of it.</exception>
    public static async Task<T> AsStreamAsync<T>(Func<Stream, CancellationToken, Task> write, Func<Stream, Task<T>> call, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(pipe.Writer, write, stop.Token);
        T? answer = default;
        Exception? failure = null;
        try
        {
            answer = await call(pipe.Reader.AsStream()).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }
        await stop.CancelAsync().ConfigureAwait(false);
        await pipe.Reader.CompleteAsync().ConfigureAwait(false);
        var cause = await writing.ConfigureAwait(false);
        if (cause is null or OperationCanceledException && failure is null && !cancellationToken.IsCancellationRequested) return answer!;
        (answer as IDisposable)?.Dispose();
        cancellationToken.ThrowIfCancellationRequested();
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause is null or OperationCanceledException ? failure! : cause);
        throw failure!;
    }

    private static async Task<Exception?> WriteAsync(PipeWriter writer, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await write(writer.AsStream(leaveOpen: true), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }
        await writer.CompleteAsync(failure).ConfigureAwait(false);
        return failure;
    }
}
