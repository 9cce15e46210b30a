using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// Content read once for all who ask, however many ask at the same time. What failed is forgotten, and nobody fails because another was cancelled.
/// </summary>
internal class KeyedReads<TKey, T>
    where TKey : notnull
{
    // By source too: that one repository has the content says nothing about another.
    private readonly ConcurrentDictionary<(IContentSource, TKey), Lazy<Task<T>>> _reads = new();

    public async Task<T> GetAsync(IContentSource source, TKey key, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var mine = new Lazy<Task<T>>(() => Task.Run(() => read(cancellationToken), CancellationToken.None));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var shared = _reads.GetOrAdd((source, key), mine);
            try
            {
                return await shared.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch when (shared.Value.IsCompleted && !shared.Value.IsCompletedSuccessfully)
            {
                _reads.TryRemove(KeyValuePair.Create((source, key), shared));
                if (ReferenceEquals(shared, mine) || !shared.Value.IsCanceled) throw;
            }
        }
    }

    /// <summary>Who asks from now on reads again.</summary>
    public void Forget(IContentSource source, TKey key) => _reads.TryRemove((source, key), out _);
}
