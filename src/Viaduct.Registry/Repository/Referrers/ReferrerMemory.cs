using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>What is known of referrers at one registry: whether it lists them itself, and what this process put into the lists that it does not keep.</summary>
internal sealed class ReferrerMemory(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Repository, string Tag), ReferrerEntries> _lists = new();
    private volatile object? _hasApi;
    private TaskCompletionSource? _first;

    /// <summary>Null as long as it was not asked.</summary>
    public bool? HasApi
    {
        get => (bool?)_hasApi;
        set => _hasApi = value;
    }

    /// <summary>
    /// The first question goes alone and the others wait for what it learns: a registry without the list would be asked once for each that are
    /// asked at the same time. After it, whatever it learned, none waits.
    /// </summary>
    /// <returns>To be disposed of when the answer is known; null for who is not the first.</returns>
    public async ValueTask<IDisposable?> FirstAsync(CancellationToken cancellationToken)
    {
        if (HasApi is not null || _first is { Task.IsCompleted: true }) return null;
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _first, mine, null) is not { } other) return new End(mine);
        await other.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    public ReferrerEntries ListOf(Reference name, string tag) => _lists.GetOrAdd((name.Repository, tag), _ => new ReferrerEntries(clock));

    private sealed class End(TaskCompletionSource question) : IDisposable
    {
        public void Dispose() => question.TrySetResult();
    }
}
