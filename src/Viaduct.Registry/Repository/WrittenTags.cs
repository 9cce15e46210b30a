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

    /// <summary>All pauses of one read together.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string Repository, string Tag), (Digest Digest, long Put)> _tags = new();

    public void Remember(Reference name, string tag, Digest digest) => _tags[(name.Repository, tag)] = (digest, clock.GetTimestamp());

    /// <summary>True when the tag was put here, and no reader has found it moved since.</summary>
    public bool Knows(Reference name, string tag) => _tags.ContainsKey((name.Repository, tag));

    /// <summary>What was deleted: the tag of that name, or all of that manifest.</summary>
    public void Forget(Reference name, string tag, Digest? digest)
    {
        foreach (var entry in _tags)
            if (entry.Key.Repository == name.Repository && (digest is null ? entry.Key.Tag == tag : entry.Value.Digest == digest)) _tags.TryRemove(entry);
    }

    public async Task<T?> ReadAsync<T>(Reference name, string tag, Func<CancellationToken, Task<T?>> read, Func<T?, Digest?> digestOf, CancellationToken cancellationToken)
    {
        var key = (name.Repository, tag);
        var left = Patience;
        for (var pause = FirstPause; ; pause = Shorter(pause * 2, LongestPause))
        {
            // Before the read: what is put meanwhile it need not show.
            var isWritten = _tags.TryGetValue(key, out var written);
            var found = await read(cancellationToken).ConfigureAwait(false);
            if (!isWritten || MayBe(digestOf(found), written.Digest)) return found;
            pause = Shorter(pause, left);
            if (pause == TimeSpan.Zero || clock.GetElapsedTime(written.Put) >= Recent)
            {
                // Not what was put since.
                _tags.TryRemove(new(key, written));
                return found;
            }
            await retry.WaitAsync(pause, cancellationToken).ConfigureAwait(false);
            left -= pause;
        }
    }

    /// <summary>Two algorithms give one manifest two names.</summary>
    private static bool MayBe(Digest? found, Digest written) => found is { } shown && (shown == written || shown.Algorithm != written.Algorithm);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
