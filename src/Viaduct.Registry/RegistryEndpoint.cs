using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>A registry as a reference names it, and the address where its API answers.</summary>
internal sealed record RegistryEndpoint(string Registry, Uri Root, NetworkZone Zone)
{
    public bool IsPlainHttp => Root.Scheme == Uri.UriSchemeHttp;

    public static RegistryEndpoint Of(string registry, IReadOnlySet<string> plainHttp)
    {
        // docker.io is a name for people; the API has its own host (distribution/reference, docker/docs).
        var host = registry == Reference.DockerHub ? "registry-1.docker.io" : registry;
        var plain = RegistryAddress.IsLoopback(registry) || plainHttp.Contains(registry);
        var root = new Uri($"{(plain ? "http" : "https")}://{host}/");
        return new RegistryEndpoint(registry, root, NetworkZones.Of(root.IdnHost));
    }

    /// <summary>Same scheme, host and port: the only place where this registry's credentials may go.</summary>
    public bool Owns(Uri target) => SameOrigin(Root, target);

    public static bool SameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase);
}
