using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>A machine that pulls images, as far as that decides what it gets and whether it runs.</summary>
/// <param name="Name">As reports name it.</param>
/// <param name="Platform">What the machine is: the variant is its processor's level (arm/v7, amd64/v3), os.version the build of Windows.</param>
public sealed record Node(string Name, Platform Platform)
{
    public Runtime Runtime { get; init; } = Runtimes.Default;

    /// <summary>Whether processor and kernel run 32-bit programs of the family (386 on amd64, arm on arm64); null when that is not known.</summary>
    public bool? Runs32Bit { get; init; }

    /// <summary>The architectures, as GOARCH words, whose programs binfmt_misc hands to an emulator on the node.</summary>
    public IReadOnlyList<string> Emulates { get; init; } = [];

    /// <summary>"1.34"; null when it is not known.</summary>
    public string? KubernetesVersion { get; init; }

    /// <summary>With those that kubelet and the node controller give to every node, where the description does not: hostname, os, arch.</summary>
    public IReadOnlyDictionary<string, string> Labels
    {
        get => new NodeLabels(_labels, Name, Platform);
        init => _labels = value is NodeLabels view ? view.Written : value;
    }

    public IReadOnlyList<Taint> Taints { get; init; } = [];

    /// <summary><c>spec.unschedulable</c>: cordoned.</summary>
    public bool Unschedulable { get; init; }

    /// <summary>Null where it is not told how kubelet is set.</summary>
    public KubeletSetup? Kubelet { get; init; }

    /// <summary>Pods from the node's own manifest folder.</summary>
    public IReadOnlyList<Pod> StaticPods { get; init; } = [];

    /// <summary>
    /// Equal for nodes that select alike: what one of them takes out of a list and runs, all of them do. What their kubelets find before
    /// they pull is not looked at: credentials, images that are there.
    /// </summary>
    public static IEqualityComparer<Node> SameKind { get; } = new NodeKindComparer();

    /// <summary>
    /// Equal for nodes on which every pod fares alike once it is there: <see cref="SameKind"/>, and kubelets that are set alike and have the
    /// same images. What decides where pods land is not looked at: name, labels, taints, static pods.
    /// </summary>
    public static IEqualityComparer<Node> SameKubelet { get; } = new NodeKubeletComparer();

    /// <summary>A node that is known by its platform alone.</summary>
    public static Node Of(Platform platform) => new(platform.ToString(), platform);

    private readonly IReadOnlyDictionary<string, string> _labels = NodeLabels.None;

    public override string ToString() => Name;
}
