using System.Net;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>A registry as a reference names it, and the address where its API answers.</summary>
internal sealed class RegistryEndpoint(string registry, Uri root)
{
    private readonly Lock _lock = new();
    private volatile NetworkZone _zone = NetworkZones.Of(root.IdnHost);
    private volatile Uri _root = root;
    private bool _met;

    public string Registry => registry;

    public Uri Root => _root;

    /// <summary>
    /// Where it stands: told by a literal address or a reserved name, and of other names by the addresses that connections were made to.
    /// The most public of these counts, so that a name cannot make itself at home in a private network later.
    /// </summary>
    public NetworkZone Zone => _zone;

    /// <param name="looks">Begins with HTTPS also on this machine; <see cref="SchemeChoice"/> has the last word.</param>
    public static RegistryEndpoint Of(string registry, IReadOnlySet<string> plainHttp, bool looks = false)
    {
        // docker.io is a name for people; the API has its own host (distribution/reference, docker/docs).
        var host = registry == Reference.DockerHub ? "registry-1.docker.io" : registry;
        var plain = plainHttp.Contains(registry) || (!looks && RegistryAddress.IsLoopback(registry));
        return new RegistryEndpoint(registry, new Uri($"{(plain ? "http" : "https")}://{host}/"));
    }

    /// <summary>It was found to speak no TLS. An explicit port stays; without one it is HTTP's own, as for docker.</summary>
    public void SpeakPlainly() => _root = new Uri($"http://{_root.OriginalString["https://".Length..]}");

    /// <summary>Same scheme, host and port: the only place where this registry's credentials may go.</summary>
    public bool Owns(Uri target) => SameOrigin(_root, target);

    /// <param name="host">As <see cref="Uri.IdnHost"/> gives it.</param>
    public bool IsHost(string host) => string.Equals(host, _root.IdnHost, StringComparison.OrdinalIgnoreCase);

    public void MeetAt(IPAddress address)
    {
        var zone = NetworkZones.Of(address);
        lock (_lock)
        {
            if (_met ? zone < _zone : _zone == NetworkZone.Public) _zone = zone;
            _met = true;
        }
    }

    public static bool SameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase);
}
