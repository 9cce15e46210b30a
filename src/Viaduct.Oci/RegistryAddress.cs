using System.Net;

namespace Viaduct.Oci;

/// <summary>What the name of a registry says about how it is reached.</summary>
public static class RegistryAddress
{
    /// <summary>True for localhost, 127.0.0.0/8 and [::1]: only there is plain HTTP the default, as in docker.</summary>
    public static bool IsLoopback(string registry)
    {
        var host = HostOf(registry);
        return host is "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>The host without port and brackets.</summary>
    public static string HostOf(string registry) =>
        registry.StartsWith('[') ? registry[1..Math.Max(1, registry.IndexOf(']'))]
        : registry.IndexOf(':') is >= 0 and var colon ? registry[..colon] : registry;
}
