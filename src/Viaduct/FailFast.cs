using System.Runtime.ExceptionServices;

namespace Viaduct;

/// <summary>Runs work in parallel and gives up on all of it when one piece fails, so that the first reason comes at once and alone.</summary>
internal static class FailFast
{
    public static async Task<TResult[]> AllAsync<T, TResult>(IEnumerable<T> items, Func<T, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? first = null;
        var tasks = items.Select(RunAsync).ToList();
        try
        {
            return await Task.WhenAll(tasks).ConfigureAwait(false);
        }
        catch
        {
            ExceptionDispatchInfo.Throw(first!);
            throw;
        }

        async Task<TResult> RunAsync(T item)
        {
            try
            {
                return await work(item, stop.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                if (Interlocked.CompareExchange(ref first, e, null) is null) await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    public static Task AllAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        AllAsync(items, async (item, token) =>
        {
            await work(item, token).ConfigureAwait(false);
            return true;
        }, cancellationToken);
}
