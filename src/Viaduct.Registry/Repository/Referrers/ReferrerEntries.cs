using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// What this process put into one list of referrers of late. A registry may show the list for a while as it was before: who merged into that alone
/// would lose what was put a moment ago.
/// </summary>
internal sealed class ReferrerEntries(TimeProvider clock)
{
    /// <summary>As long as a registry may lag behind; older entries that are missing were taken out by somebody.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Digest, (string Json, long Put)> _entries = [];

    /// <summary>One writer at a time; held for all that is done here.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    public IEnumerable<(Digest Digest, string Json)> Latest =>
        _entries.Where(e => clock.GetElapsedTime(e.Value.Put) < Recent).Select(e => (e.Key, e.Value.Json));

    public void Add(Digest digest, string json) => _entries[digest] = (json, clock.GetTimestamp());

    public void Remove(Digest digest) => _entries.Remove(digest);
}
