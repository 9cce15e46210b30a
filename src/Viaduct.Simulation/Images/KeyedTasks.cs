using System.Collections.Concurrent;

namespace Viaduct.Simulation;

/// <summary>
/// Work that is done once for all who ask for it, however many ask at the same time. What failed is forgotten, and nobody fails because another was cancelled.
/// </summary>
internal class KeyedTasks<TKey, T>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<T>>> _tasks = new();

    public async Task<T> GetAsync(TKey key, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        if (_tasks.TryGetValue(key, out var done) && done is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) return await done.Value.ConfigureAwait(false);
        var mine = new Lazy<Task<T>>(() => Task.Run(() => work(cancellationToken), CancellationToken.None));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var shared = _tasks.GetOrAdd(key, mine);
            try
            {
                return await shared.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch when (shared.Value.IsCompleted && !shared.Value.IsCompletedSuccessfully)
            {
                _tasks.TryRemove(KeyValuePair.Create(key, shared));
                if (ReferenceEquals(shared, mine) || !shared.Value.IsCanceled) throw;
            }
        }
    }

    /// <summary>Who asks from now on starts again.</summary>
    public void Forget(TKey key) => _tasks.TryRemove(key, out _);
}
