using System.Collections.Concurrent;

namespace Viaduct.Registry;

/// <summary>The mirrors of all registries of a process; each has a connection of its own, and shows the credentials of its own host there.</summary>
internal sealed class MirrorPool(RegistryOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<Mirror>>> _mirrors = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order in which they are asked: those that are named, then those of the folder.</summary>
    /// <exception cref="Oci.ViaductException">VIA3064 and VIA3065: the folder's file cannot be used.</exception>
    public IReadOnlyList<Mirror> Of(RegistryEndpoint registry) =>
        _mirrors.GetOrAdd(registry.Registry, _ => new Lazy<IReadOnlyList<Mirror>>(() => Find(registry))).Value;

    private List<Mirror> Find(RegistryEndpoint registry)
    {
        var named = options.Mirrors.GetValueOrDefault(registry.Registry, []);
        var found = options.HostsFolder is null ? [] : HostsFile.Find(options.HostsFolder, registry.Registry, options.Insecure);
        return [.. named.Concat(found).Select(m => RegistryEndpoint.Of(m, registry.Registry)).Where(e => !e.IsSame(registry)).Select(e => new Mirror(new RegistryConnection(e, options), options.Clock))];
    }

    public void Dispose()
    {
        foreach (var list in _mirrors.Values)
            if (list.IsValueCreated)
                foreach (var mirror in list.Value) mirror.Dispose();
    }
}
