using System.Diagnostics.CodeAnalysis;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// All runtimes and tools whose rules are known, each from the version on that brought them. The rules themselves stand, with their sources,
/// in the choosers; here is who follows which.
/// </summary>
public static class Runtimes
{
    public const string Local = "use_local_image_pull";
    public const string Store = "containerd store";

    private const string Vector = "the best of the host's platform and its fall-backs (arm v7 takes v6 and v5, amd64 takes 386, arm64 takes arm)";
    private const string OldVector = "the best of the host's platform and its fall-backs, where arm64/v9 takes no plain arm64";
    private const string Exact = "the host's very platform; what only a fall-back would take is an error";

    private const string Features = "; and the entry's os.features have to be among the host's";
    private const string ExactWithFeatures = Exact + Features;
    private const string VectorWithFeatures = Vector + Features;

    private static readonly Runtime Containerd21 = new(r => new ContainerdChooser(Hosted(r), ContainerdWay.CriTransfer)) { Name = "containerd", Version = "2.1", RunsPods = true, Observed = "2.1.9", Rule = Exact };

    /// <summary>In the order in which reports show them.</summary>
    public static IReadOnlyList<Runtime> All { get; } =
    [
        new(r => new ContainerdChooser(Hosted(r), ContainerdWay.CriOldest)) { Name = "containerd", Version = "1.6", RunsPods = true, Observed = "1.6.20", Rule = OldVector },
        new(r => new ContainerdChooser(Hosted(r), ContainerdWay.CriOld)) { Name = "containerd", Version = "1.7", RunsPods = true, Observed = "", Rule = OldVector },
        new(r => new ContainerdChooser(Hosted(r), ContainerdWay.CriLocal)) { Name = "containerd", Version = "2.0", RunsPods = true, Observed = "", Rule = Vector },
        Containerd21,
        new(r => new ContainerdChooser(Hosted(r), ContainerdWay.CriLocal)) { Name = "containerd", Version = "2.1", Mode = Local, RunsPods = true, Observed = "2.1.9", Rule = Vector },
        new(r => new ContainerdChooser(Hosted(r), ContainerdWay.CriFeatures)) { Name = "containerd", Version = "2.3", RunsPods = true, Observed = "", Rule = ExactWithFeatures },
        new(r => new ContainerdChooser(Hosted(r), ContainerdWay.CriLocalFeatures)) { Name = "containerd", Version = "2.3", Mode = Local, RunsPods = true, Observed = "", Rule = VectorWithFeatures },
        new(r => new ContainersImageChooser(Hosted(r), ContainersTool.CriO)) { Name = "cri-o", Version = "1.20", RunsPods = true, Observed = "", Rule = "words as they stand, with the host's variant and those below it, then none" },
        new(r => new ContainersImageChooser(Hosted(r), ContainersTool.NewCriO)) { Name = "cri-o", Version = "1.34", RunsPods = true, Observed = "", Rule = "as before; only its words changed" },
        new(OldDocker) { Name = "docker", Version = "20.10", RunsPods = true, LooksAtConfigs = true, Observed = "20.10.24", Rule = "the very platform, and for arm any arm when there is none" },
        new(r => new DockerGraphChooser(r, old: true)) { Name = "docker", Version = "23", RunsPods = true, LooksAtConfigs = true, Observed = "", Rule = "the best of the host's platform and its fall-backs, the host being its processor's level" },
        new(r => new DockerGraphChooser(r, old: false)) { Name = "docker", Version = "28", RunsPods = true, LooksAtConfigs = true, Observed = "28.5.2", Rule = "the best of the host's platform and its fall-backs, the host being its processor's level" },
        new(r => new DockerStoreChooser(r)) { Name = "docker", Version = "28", Mode = Store, RunsPods = true, Observed = "28.5.2", Rule = Vector },
        new(r => new DockerStoreChooser(r)) { Name = "docker", Version = "29", RunsPods = true, Observed = "", Rule = Vector + "; the containerd store is the default of new installations" },
        new(r => new ContainersImageChooser(r, ContainersTool.Podman)) { Name = "podman", Version = "5", Observed = "5.8.6", Rule = "normal words, then as skopeo" },
        new(r => new ContainersImageChooser(r, ContainersTool.Skopeo)) { Name = "skopeo", Version = "1", Observed = "1.22.0", Rule = "words as they stand, with the variant and those below it, then none" },
        new(r => new FirstEqualChooser(r, isOras: false)) { Name = "crane", Version = "0.20", Observed = "0.20.7", Rule = "the first entry of the same words; a variant counts when it is asked for" },
        new(r => new FirstEqualChooser(r, isOras: true)) { Name = "oras", Version = "1.3", Observed = "1.3.3", Rule = "the first entry of the same words; a variant counts when it is asked for" },
        new(r => OldCtr(r, "invalid platform {0}", ContainerdWay.CtrOld)) { Name = "ctr", Version = "1.6", Observed = "1.6.20", Rule = "fetches the very platform and unpacks the best" },
        new(r => new CtrTransferChooser(r)) { Name = "ctr", Version = "2.1", Observed = "2.1.9", Rule = "fetches all of the very platform, and is content with nothing" },
        new(r => new ContainerdChooser(r, ContainerdWay.CtrLocal)) { Name = "ctr", Version = "2.1", Mode = "--local", Observed = "2.1.9", Rule = "fetches the very platform and unpacks the best" },
        new(r => OldCtr(r, "unable to parse platform {0}", ContainerdWay.CtrMountOld)) { Name = "ctr", Version = "1.6", Mode = "mount", Observed = "1.6.20", Rule = OldVector },
        new(r => new ContainerdChooser(r, ContainerdWay.CtrMount)) { Name = "ctr", Version = "2.1", Mode = "mount", Observed = "2.1.9", Rule = Vector },
    ];

    /// <summary>What a kubelet node has unless something else is said.</summary>
    public static Runtime Default => Containerd21;

    /// <exception cref="ViaductException">VIA6004.</exception>
    public static Runtime Parse(string text) => TryParse(text, out var runtime) ? runtime : throw SimulationErrors.UnknownRuntime(text);

    /// <summary>Reads <c>containerd 2.1</c>, <c>containerd://1.7.27</c> as kubelet reports it, <c>containerd 2.1 local</c>, <c>docker 28 (containerd store)</c>, <c>cri-o</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Runtime? runtime) => (runtime = RuntimeText.Find(text, All)) is not null;

    /// <summary>CRI asks for nothing: whatever the platform, it is the host's.</summary>
    private static PlatformRequest Hosted(PlatformRequest request) => request with { AsHost = true };

    private static Chooser OldDocker(PlatformRequest request) =>
        !request.AsHost && PlatformWords.OldSyntaxError(request.Platform) is { } error ? new RefusingChooser("Error response from daemon: " + error) : new OldDockerChooser(request);

    private static Chooser OldCtr(PlatformRequest request, string refusal, ContainerdWay way) =>
        PlatformWords.OldSyntaxError(request.Platform) is { } error
            ? new RefusingChooser($"ctr: {refusal.Replace("{0}", request.Platform.ToString(), StringComparison.Ordinal)}: {error}")
            : new ContainerdChooser(request, way);
}
