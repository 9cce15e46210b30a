using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What containerd takes its node for.</summary>
internal static class HostPlatform
{
    /// <summary>Only arm has variants: arm64 is v8 on every processor, and amd64 has no level (containerd/platforms v1.0 defaults_unix.go and cpuinfo.go).</summary>
    public static Platform Of(Platform node)
    {
        var normal = node.Normalized();
        return normal.Architecture is "amd64" or "arm64" && normal.Variant is not null
            ? new Platform(node.Os, node.Architecture) { OsVersion = node.OsVersion, OsFeatures = node.OsFeatures }
            : node;
    }
}
