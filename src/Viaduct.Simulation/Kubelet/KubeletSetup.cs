namespace Viaduct.Simulation;

/// <summary>How a node's kubelet is set, as far as it decides what is pulled and with which credentials (KubeletConfiguration v1beta1 and flags).</summary>
public sealed record KubeletSetup
{
    public static readonly KubeletSetup Default = new();

    /// <summary><c>--root-dir</c>.</summary>
    public string RootDir { get; init; } = "/var/lib/kubelet";

    /// <summary>kubelet's working directory: <c>/</c> under systemd.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary><c>$HOME</c> of kubelet's process; null where it is not set, as under systemd.</summary>
    public string? Home { get; init; }

    /// <summary>Files on the node by absolute path: config.json and .dockercfg.</summary>
    public IReadOnlyDictionary<string, NodeFileText> Files { get; init; } = new Dictionary<string, NodeFileText>();

    /// <summary><c>--image-credential-provider-config</c>; null where none is given.</summary>
    public ProviderSetup? Providers { get; init; }

    /// <summary>What in-tree providers (≤ 1.30) answer, as the description gives it: CredentialProviderResponses by <c>ecr</c>, <c>gcr</c> and <c>acr</c>.</summary>
    public IReadOnlyDictionary<string, string> InTreeAnswers { get; init; } = new Dictionary<string, string>();

    /// <summary>The cloud whose in-tree provider is at work (≤ 1.30): <c>aws</c>, <c>gce</c>, <c>azure</c>; null for none.</summary>
    public string? Cloud { get; init; }

    public IReadOnlyDictionary<string, bool> FeatureGates { get; init; } = new Dictionary<string, bool>();

    /// <summary><c>imagePullCredentialsVerificationPolicy</c> as written; null for the default.</summary>
    public string? VerificationPolicy { get; init; }

    /// <summary><c>preloadedImagesVerificationAllowlist</c>.</summary>
    public IReadOnlyList<string> Allowlist { get; init; } = [];

    public bool? SerializeImagePulls { get; init; }
    public int? MaxParallelImagePulls { get; init; }
    public int RegistryPullQps { get; init; } = 5;
    public int RegistryBurst { get; init; } = 10;

    /// <summary>The pause image of the runtime; null where it is the runtime's own and there (it is pinned).</summary>
    public string? SandboxImage { get; init; }

    public IReadOnlyList<PresentImage> Images { get; init; } = [];

    /// <summary>False where <see cref="Images"/> may not be all: <c>status.images</c> has 50 at most.</summary>
    public bool KnowsAllImages { get; init; } = true;

    /// <summary>Equal for kubelets that are set alike and have the same images, whatever objects say so.</summary>
    public static IEqualityComparer<KubeletSetup> SameSetup { get; } = new KubeletSetupComparer();

    /// <summary>Without the images that pods of other repositories' images have nothing to do with.</summary>
    /// <param name="repositories">Names without tag and digest: <c>docker.io/library/nginx</c>.</param>
    public KubeletSetup WithImagesOf(IReadOnlySet<string> repositories) =>
        Images.Count == 0 ? this : this with { Images = [.. Images.Where(i => i.Names.Any(n => repositories.Contains(PresentImage.RepositoryOf(n))))] };
}
