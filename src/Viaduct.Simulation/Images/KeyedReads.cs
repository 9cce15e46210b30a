using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Content read once for all who ask. By source too: that one repository has the content says nothing about another.</summary>
internal class KeyedReads<TKey, T>
    where TKey : notnull
{
    private readonly KeyedTasks<(IContentSource, TKey), T> _reads = new();

    public Task<T> GetAsync(IContentSource source, TKey key, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        _reads.GetAsync((source, key), read, cancellationToken);

    /// <summary>Who asks from now on reads again.</summary>
    public void Forget(IContentSource source, TKey key) => _reads.Forget((source, key));
}
