using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>A mirror, and whether it is worth being asked: one that fails is passed over for a while, so that its patience is not spent for every blob.</summary>
internal sealed class Mirror(RegistryConnection connection, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>By repository; the empty one stands for all.</summary>
    private readonly ConcurrentDictionary<string, long> _failed = new(StringComparer.Ordinal);

    public string Host => connection.Endpoint.Registry;

    public bool Resolves => connection.Endpoint.Mirror!.Resolves;

    public RepositoryReads Reads(Reference name)
    {
        connection.Announce(ScopeSet.Pull(name.Repository));
        return new RepositoryReads(name, connection);
    }

    public bool IsPaused(string repository) => IsRecent("") || IsRecent(repository);

    /// <summary>What it has not, it need not have. Who may not read one repository may read another; who is not reached has none.</summary>
    /// <returns>True when this is news.</returns>
    public bool Failed(string repository, ViaductException failure)
    {
        if (failure.Kind == FailureKind.Absent) return false;
        var key = failure.Kind is FailureKind.Unreachable or FailureKind.Tls or FailureKind.Throttled ? "" : repository;
        var isNews = !_failed.ContainsKey(key);
        _failed[key] = clock.GetTimestamp();
        return isNews;
    }

    public void Dispose() => connection.Dispose();

    private bool IsRecent(string key) => _failed.TryGetValue(key, out var at) && clock.GetElapsedTime(at) < Pause;
}
