using Viaduct.Build.Engines.Connections;

namespace Viaduct.Build.Engines;

/// <summary>What is cleared away at the end, whatever the end was: taking names away is no reason to wait long, and no error of it is worth more than the first.</summary>
internal static class Farewell
{
    public static async Task TakeAsync(Func<CancellationToken, Task> work, EnginePatience? given = null)
    {
        using var patience = new CancellationTokenSource((given ?? new EnginePatience()).Farewell);
        try
        {
            await work(patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What is left does no harm.
        }
    }
}
