using static Viaduct.Simulation.NodeSetLine;

namespace Viaduct.Simulation;

/// <summary>Azure AKS: Ubuntu, Azure Linux and Windows Server, as of October 2026.</summary>
internal static class AksNodes
{
    /// <summary>What goes into the node images; its containerd*.toml.gtpl set nothing that would make containerd pull locally.</summary>
    private const string Components = "https://github.com/Azure/AgentBaker/blob/main/parts/common/components.json";
    private const string Config = "https://github.com/Azure/AgentBaker/blob/main/aks-node-controller/parser/templates/containerd_v2_no_GPU.toml.gtpl";

    /// <summary>Ubuntu 22.04 is the default for Kubernetes 1.25 to 1.34, 24.04 from 1.35 on.</summary>
    private const string Versions = "https://learn.microsoft.com/azure/aks/upgrade-os-version";
    private const string Releases = "https://github.com/Azure/AKS/releases/tag";

    private const string AzureLinux = "Azure Linux 2.0 is taken up to Kubernetes 1.31 and 3.0 from 1.32 on; with which version AKS changes over was not found";
    private const string TwoKinds = "AKS has containerd 1.7 and 2.0 for Windows Server 2022; which nodes have 2.0 was not found, and 1.7 is taken";

    public static readonly IReadOnlyList<NodeSetLine> Lines =
    [
        new(30, 34, "ubuntu", Both, "containerd 1.7", Versions, Components, EksNodes.Reported),
        new(35, 36, "ubuntu", Both, "containerd 2.3", Versions, Components, Config, EksNodes.Reported),
        new(30, 31, "azurelinux", Both, "containerd 1.6", Components, EksNodes.Reported) { Remark = AzureLinux },
        new(32, 36, "azurelinux", Both, "containerd 2.2", Components, Config) { Remark = AzureLinux },
        new(30, 32, "windows-2019", Windows2019, "containerd 1.7", Components, $"{Releases}/2023-07-16"),
        new(30, 32, "windows-2022", Windows2022, "containerd 1.7", Components, $"{Releases}/2023-11-05"),
        new(33, 36, "windows-2022", Windows2022, "containerd 1.7", Components, $"{Releases}/2023-11-05") { Remark = TwoKinds },
        new(33, 36, "windows-2025", Windows2025, "containerd 2.0", Components),
    ];
}
