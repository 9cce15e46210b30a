using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Reads what was written: some registries show a tag for a while as it was before it was put (read-after-write lag, ghcr.io among them).
/// Whoever put it asks again, for some seconds, before an old answer is believed: somebody else may have moved the tag since.
/// </summary>
internal sealed class WrittenTags(RetryPolicy retry, TimeProvider clock)
{
    /// <summary>Longer ago, an answer is the truth.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private const int MaxTries = 5;

    private readonly ConcurrentDictionary<(string Repository, string Tag), (Digest Digest, long Put)> _tags = new();

    public void Remember(Reference name, string tag, Digest digest) => _tags[(name.Repository, tag)] = (digest, clock.GetTimestamp());

    public async Task<T?> ReadAsync<T>(Reference name, string tag, Func<CancellationToken, Task<T?>> read, Func<T?, Digest?> digestOf, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await read(cancellationToken).ConfigureAwait(false);
            if (!_tags.TryGetValue((name.Repository, tag), out var written) || digestOf(found) == written.Digest) return found;
            if (attempt < MaxTries && clock.GetElapsedTime(written.Put) < Recent)
            {
                await retry.WaitAsync(RetryPolicy.Backoff(attempt), cancellationToken).ConfigureAwait(false);
                continue;
            }
            _tags.TryRemove((name.Repository, tag), out _);
            return found;
        }
    }
}
