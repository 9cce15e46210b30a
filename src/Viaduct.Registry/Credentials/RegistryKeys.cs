using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>The names under which docker's config.json knows a registry.</summary>
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

    /// <summary>True when a key is an address at this registry.</summary>
    public static bool IsOf(string key, string registry)
    {
        var host = key.AsSpan();
        if (host.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) host = host[8..];
        else if (host.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) host = host[7..];
        if (host.IndexOf('/') is >= 0 and var slash) host = host[..slash];
        return host.Equals(registry, StringComparison.OrdinalIgnoreCase)
            || (registry == Reference.DockerHub && (host is "index.docker.io" or "registry-1.docker.io"));
    }
}
