using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// The client of all registries of a process: for each registry its connections and one memory of how it wants to be asked.
/// </summary>
public sealed class RegistryClient(RegistryOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, RegistryConnection> _connections = new(StringComparer.OrdinalIgnoreCase);

    private readonly MirrorPool _mirrors = new(options);

    /// <summary>A handle on a repository. Costs nothing and asks nothing until it is used.</summary>
    /// <param name="push">
    /// True when it will be written to, and then it is read where it is written and at no mirror. Handles made before the first request let one token cover them all
    /// instead of one for each repository.
    /// </param>
    public RepositoryClient Repository(Reference name, bool push = false)
    {
        var connection = _connections.GetOrAdd(name.Registry, Connect);
        connection.Announce(push ? ScopeSet.Push(name.Repository) : ScopeSet.Pull(name.Repository));
        return new RepositoryClient(name, connection, push ? null : _mirrors, options);
    }

    /// <summary>What the registry itself, no mirror, says to a runtime that pulls with this login or without any; the client's own credentials are not used.</summary>
    /// <exception cref="ViaductException">VIA3021, VIA3022, VIA3024: it sends elsewhere, where nothing is asked.</exception>
    public Task<PullTrace> TracePullAsync(Reference image, Credential? login, CancellationToken cancellationToken) =>
        _connections.GetOrAdd(image.Registry, Connect).TracePullAsync(image, login, cancellationToken);

    /// <summary>How much a registry allows, as it said with its last answer that spoke of it; null when none did.</summary>
    public RegistryQuota? QuotaOf(string registry) => _connections.GetValueOrDefault(registry)?.Remarks.Quota;

    public void Dispose()
    {
        foreach (var connection in _connections.Values) connection.Dispose();
        _mirrors.Dispose();
    }

    private RegistryConnection Connect(string registry) => new(RegistryEndpoint.Of(registry, options.PlainHttp, options.Insecure || options.LooksAtLoopback), options);
}
