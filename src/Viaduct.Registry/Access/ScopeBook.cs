namespace Viaduct.Registry;

/// <summary>
/// Which scopes are in use now or were announced, so that one token is asked for all of them: fourteen mounts need one token, not fourteen.
/// </summary>
internal sealed class ScopeBook
{
    /// <summary>Scopes stand in a query; services limit its length.</summary>
    private const int MaxResources = 32;

    private readonly Lock _lock = new();
    private readonly List<ScopeSet> _active = [];
    private ScopeSet _announced = ScopeSet.Empty;

    public void Announce(ScopeSet scopes)
    {
        lock (_lock)
            if (_announced.Count < MaxResources) _announced = _announced.Union(scopes);
    }

    /// <summary>Notes a request for as long as it is under way.</summary>
    public Entry Enter(ScopeSet scopes)
    {
        lock (_lock) _active.Add(scopes);
        return new Entry(this, scopes);
    }

    /// <summary>The scopes, and as many of the others in use as fit.</summary>
    public ScopeSet Widen(ScopeSet scopes)
    {
        lock (_lock)
        {
            foreach (var active in _active)
                if (scopes.Count < MaxResources) scopes = scopes.Union(active);
            return scopes.Count + _announced.Count <= MaxResources ? scopes.Union(_announced) : scopes;
        }
    }

    public readonly struct Entry(ScopeBook book, ScopeSet scopes) : IDisposable
    {
        public void Dispose()
        {
            lock (book._lock) book._active.Remove(scopes);
        }
    }
}
