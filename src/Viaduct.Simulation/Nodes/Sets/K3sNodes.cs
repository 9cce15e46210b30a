namespace Viaduct.Simulation;

/// <summary>
/// k3s on Raspberry Pi, as of October 2026: 64-bit systems (Pi 3 and later), and 32-bit ones, which containerd takes for v7 also where the
/// kernel is a 64-bit one (containerd/platforms cpuinfo_linux.go). k3s needs v7, so the first Pi and the Zero, which are v6, cannot be nodes.
/// </summary>
internal static class K3sNodes
{
    private static readonly string[] Pi = ["linux/arm64", "linux/arm/v7"];

    private const string Releases = "https://github.com/k3s-io/k3s/releases/tag";
    private const string NoV6 = "https://github.com/k3s-io/k3s/issues/4643";

    /// <summary>The config.toml that k3s and RKE2 write with containerd 2.1: <c>use_local_image_pull = true</c>.</summary>
    private const string LocalPull = "https://github.com/rancher/rke2/issues/9541";

    private const string Later = "read of one release of the version; earlier ones have an older containerd, later ones may have a newer";

    public static readonly IReadOnlyList<NodeSetLine> Lines =
    [
        new(30, 31, "", Pi, "containerd 2.0", "https://github.com/NixOS/nixpkgs/pull/392169", NoV6) { Remark = Later },
        new(32, 32, "", Pi, "containerd 2.0", EksNodes.Reported, NoV6) { Remark = Later },
        new(33, 33, "", Pi, "containerd 2.1 local", EksNodes.Reported, LocalPull, NoV6) { Remark = Later },
        new(34, 34, "", Pi, "containerd 2.2 local", $"{Releases}/v1.34.9%2Bk3s1", LocalPull, NoV6),
        new(35, 35, "", Pi, "containerd 2.2 local", $"{Releases}/v1.35.6%2Bk3s1", LocalPull, NoV6),
        new(36, 36, "", Pi, "containerd 2.3 local", $"{Releases}/v1.36.2%2Bk3s1", LocalPull, NoV6),
    ];
}
