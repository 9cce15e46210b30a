using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Sets that say nothing of a provider: platforms with the default runtime.</summary>
internal static class PlainNodes
{
    /// <summary>Windows Server 2019, 2022 and 2025 (learn.microsoft.com/virtualization/windowscontainers/deploy-containers/base-image-lifecycle).</summary>
    private static readonly string[] Windows = [.. NodeSetLine.Windows2019, .. NodeSetLine.Windows2022, .. NodeSetLine.Windows2025];

    /// <summary>
    /// What public images are built for: the architectures of github.com/docker-library/official-images, and loong64, which Debian and Go have.
    /// Of Go's ports to Linux the big-endian and 32-bit mips and ppc64 are left out: no image could have them but one made for the purpose.
    /// </summary>
    public static readonly IReadOnlyList<string> All =
    [
        "linux/amd64", "linux/arm64", "linux/arm/v7", "linux/arm/v6", "linux/arm/v5", "linux/386",
        "linux/ppc64le", "linux/s390x", "linux/riscv64", "linux/loong64", "linux/mips64le", .. Windows,
    ];

    /// <summary>KUBE_SUPPORTED_SERVER_PLATFORMS of github.com/kubernetes/kubernetes hack/lib/golang.sh; arm went with 1.27 (pull request 115742).</summary>
    public static readonly IReadOnlyList<string> Kubernetes = ["linux/amd64", "linux/arm64", "linux/ppc64le", "linux/s390x"];

    public static readonly IReadOnlyList<string> WindowsMixed = ["linux/amd64", .. Windows];

    /// <summary>What a misspelt platform is compared with.</summary>
    public static readonly IReadOnlyList<string> Words = [.. All, "windows/amd64", "linux/arm"];

    public static NodeList Of(IEnumerable<string> platforms) => new([.. platforms.Select(p => Node.Of(Platform.Parse(p)))]);
}
