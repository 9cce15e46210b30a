using static Viaduct.Simulation.NodeSetLine;

namespace Viaduct.Simulation;

/// <summary>Amazon EKS: Amazon Linux 2023, Bottlerocket and Windows Server, as of October 2026.</summary>
internal static class EksNodes
{
    private const string Ami = "https://github.com/awslabs/amazon-eks-ami";
    private const string Bottlerocket = "https://github.com/bottlerocket-os/bottlerocket/releases/tag";

    /// <summary>nodeadm writes <c>discard_unpacked_layers = true</c>, which makes containerd 2.1 pull locally.</summary>
    private const string Nodeadm = $"{Ami}/blob/main/nodeadm/internal/containerd/config2.template.toml";

    /// <summary>A table of what kubelets reported, tested by the release.</summary>
    internal const string Reported = "https://docs.prismacloud.io/admin-guide/install/system-requirements";
    private const string WindowsAmis = "https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html";

    private const string MovesOn = "Bottlerocket 1.69.0 brings containerd 2.3 to all versions, which takes its very platform only";
    private const string NotListed = "the version of containerd was not found for it; that of the nearest version of Kubernetes is taken";

    public static readonly IReadOnlyList<NodeSetLine> Lines =
    [
        new(30, 31, "al2023", Both, "containerd 1.7", $"{Ami}/blob/main/templates/al2023/variables-1.30.json", Reported),
        new(32, 34, "al2023", Both, "containerd 2.1 local", $"{Ami}/pull/2469", Nodeadm, Reported),
        new(35, 36, "al2023", Both, "containerd 2.2 local", $"{Ami}/issues/2682", Nodeadm, Reported),
        new(30, 32, "bottlerocket", Both, "containerd 1.7", $"{Bottlerocket}/v1.39.0", Reported) { Remark = MovesOn },
        new(33, 33, "bottlerocket", Both, "containerd 2.0", $"{Bottlerocket}/v1.39.0", Reported) { Remark = MovesOn },
        new(34, 34, "bottlerocket", Both, "containerd 2.1", $"{Bottlerocket}/v1.47.0"),
        new(35, 35, "bottlerocket", Both, "containerd 2.1", $"{Bottlerocket}/v1.53.0"),
        new(36, 36, "bottlerocket", Both, "containerd 2.2", $"{Bottlerocket}/v1.61.0"),
        new(30, 33, "windows-2019", Windows2019, "containerd 1.7", WindowsAmis),
        new(34, 34, "windows-2019", Windows2019, "containerd 2.1", WindowsAmis),
        new(30, 33, "windows-2022", Windows2022, "containerd 1.7", WindowsAmis),
        new(34, 34, "windows-2022", Windows2022, "containerd 2.1", WindowsAmis),
        new(35, 36, "windows-2022", Windows2022, "containerd 2.1", WindowsAmis) { Remark = NotListed },
        new(35, 35, "windows-2025", Windows2025, "containerd 2.1", WindowsAmis),
        new(36, 36, "windows-2025", Windows2025, "containerd 2.1", WindowsAmis) { Remark = NotListed },
    ];
}
