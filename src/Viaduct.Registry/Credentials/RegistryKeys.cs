using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>The names under which docker's config.json, and what is like it, know a registry.</summary>
internal static class RegistryKeys
{
    private const string DockerHubServer = "https://index.docker.io/v1/";

    /// <summary>What docker calls the registry in config.json and to credential helpers.</summary>
    public static string ServerAddress(string registry) => registry == Reference.DockerHub ? DockerHubServer : registry;

    public static IEnumerable<string> HelperKeys(string registry) =>
        registry == Reference.DockerHub ? [DockerHubServer, "index.docker.io", "docker.io"] : [registry];

    /// <summary>Exact keys, the likeliest first.</summary>
    public static IEnumerable<string> Candidates(string registry)
    {
        if (registry == Reference.DockerHub) return [DockerHubServer, "index.docker.io", "docker.io", "registry-1.docker.io"];
        return [registry, $"https://{registry}", $"https://{registry}/v1/", $"https://{registry}/v2/", $"http://{registry}"];
    }

    /// <summary>Keys with a path, the longest first, without the registry's own (containers/image config.go, authKeysForRef).</summary>
    public static IEnumerable<string> Paths(string registry, string? path)
    {
        for (var at = path; at is { Length: > 0 }; at = at.LastIndexOf('/') is > 0 and var slash ? at[..slash] : null)
            yield return $"{registry}/{at}";
    }

    /// <summary>True when a key names a part of a registry, as only podman's do.</summary>
    public static bool IsPath(string key) => !key.Contains("://", StringComparison.Ordinal) && key.Contains('/');

    /// <summary>True when a key is an address at this registry.</summary>
    public static bool IsOf(string key, string registry)
    {
        var host = Host(key);
        return host.Equals(registry, StringComparison.OrdinalIgnoreCase) || (registry == Reference.DockerHub && IsDockerHub(host));
    }

    /// <summary>The registry that an address means, as it stands in a reference: <c>https://quay.io/v2/</c> is <c>quay.io</c>.</summary>
    public static string RegistryOf(string address) => Host(address) is var host && IsDockerHub(host) ? Reference.DockerHub : host.ToString();

    private static bool IsDockerHub(ReadOnlySpan<char> host) => host is "docker.io" or "index.docker.io" or "registry-1.docker.io";

    private static ReadOnlySpan<char> Host(string key)
    {
        var host = key.AsSpan();
        if (host.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) host = host[8..];
        else if (host.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) host = host[7..];
        return host.IndexOf('/') is >= 0 and var slash ? host[..slash] : host;
    }
}
