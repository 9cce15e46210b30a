using static Viaduct.Simulation.NodeSetLine;

namespace Viaduct.Simulation;

/// <summary>Google GKE: Container-Optimized OS (Ubuntu nodes have the same containerd) and Windows Server, as of October 2026.</summary>
internal static class GkeNodes
{
    private const string Migration = "https://docs.cloud.google.com/kubernetes-engine/docs/deprecations/migrate-containerd-2";
    private const string WindowsVersions = "https://docs.cloud.google.com/php/docs/reference/cloud-container/latest/V1.WindowsNodeConfig.OSVersion";

    /// <summary>github.com/confidential-containers/cloud-api-adaptor/pull/2257 found the setting on GKE 1.27 and later, with containerd 1.7.</summary>
    private const string Setting =
        "whether GKE still sets discard_unpacked_layers was not found; if it does, containerd pulls locally and takes fall-backs, too";

    private const string NotListed = "the version of containerd was not found for it; that of Kubernetes 1.35 is taken";

    public static readonly IReadOnlyList<NodeSetLine> Lines =
    [
        new(30, 32, "cos", Both, "containerd 1.7", Migration, EksNodes.Reported),
        new(33, 33, "cos", Both, "containerd 2.0", Migration, EksNodes.Reported),
        new(34, 35, "cos", Both, "containerd 2.1", EksNodes.Reported) { Remark = Setting },
        new(36, 36, "cos", Both, "containerd 2.2", EksNodes.Reported) { Remark = Setting },
        new(30, 34, "windows-2019", Windows2019, "containerd 1.7", Migration, WindowsVersions),
        new(30, 34, "windows-2022", Windows2022, "containerd 1.7", Migration, WindowsVersions),
        new(35, 35, "windows-2019", Windows2019, "containerd 2.0", Migration, WindowsVersions),
        new(35, 35, "windows-2022", Windows2022, "containerd 2.0", Migration, WindowsVersions),
        new(36, 36, "windows-2019", Windows2019, "containerd 2.0", Migration, WindowsVersions) { Remark = NotListed },
        new(36, 36, "windows-2022", Windows2022, "containerd 2.0", Migration, WindowsVersions) { Remark = NotListed },
    ];
}
