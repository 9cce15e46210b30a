using System.Net;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>A registry as a reference names it, and the address where its API answers.</summary>
internal sealed class RegistryEndpoint(string registry, Uri root)
{
    private readonly Lock _lock = new();
    private volatile NetworkZone _zone = NetworkZones.Of(root.IdnHost);
    private volatile Uri _root = root;
    private volatile bool _hasAnswered;
    private bool _met;

    public string Registry => registry;

    /// <summary>What it is a mirror of is asked for there with <c>ns</c>, and it is one; null for a registry.</summary>
    public RegistryMirror? Mirror { get; private init; }

    /// <summary>The path of the API; it begins with a slash and ends with none.</summary>
    private string Base { get; init; } = "/v2";

    /// <summary>Tells a mirror of many registries which one is meant (containerd, core/remotes/docker/resolver.go, addNamespace).</summary>
    private string? Namespace { get; init; }

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

    /// <param name="of">As it stands in a reference.</param>
    public static RegistryEndpoint Of(RegistryMirror mirror, string of) =>
        new(mirror.Root.Authority, new Uri(mirror.Root.GetLeftPart(UriPartial.Authority) + "/")) { Mirror = mirror, Base = mirror.Base, Namespace = of };

    /// <summary>The address of a request.</summary>
    /// <param name="path">Behind the repository, with its query.</param>
    public Uri Api(string repository, string path) =>
        new(string.Concat(Root.GetLeftPart(UriPartial.Authority), Base, "/", repository, path)
            + (Namespace is null ? "" : $"{(path.Contains('?') ? '&' : '?')}ns={Uri.EscapeDataString(Namespace)}"));

    /// <summary>Where it says that it is a registry (distribution-spec, "Determining Support").</summary>
    public Uri Ping => new(Root, Base + "/");

    /// <summary>True for a mirror that is the registry itself.</summary>
    public bool IsSame(RegistryEndpoint other) => SameOrigin(Root, other.Root) && Base == other.Base;

    /// <summary>It was found to speak no TLS. An explicit port stays; without one it is HTTP's own, as for docker.</summary>
    public void SpeakPlainly() => _root = new Uri($"http://{_root.OriginalString["https://".Length..]}");

    /// <summary>Same scheme, host and port: the only place where this registry's credentials may go.</summary>
    public bool Owns(Uri target) => SameOrigin(_root, target);

    /// <param name="host">As <see cref="Uri.IdnHost"/> gives it.</param>
    public bool IsHost(string host) => string.Equals(host, _root.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether anything was ever answered there.</summary>
    public bool HasAnswered => _hasAnswered;

    public void Answered() => _hasAnswered = true;

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
