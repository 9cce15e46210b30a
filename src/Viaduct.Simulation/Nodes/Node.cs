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

    /// <summary>Equal for nodes that differ in nothing but their names: what one of them pulls, all of them pull.</summary>
    public static IEqualityComparer<Node> SameKind { get; } = new NodeKindComparer();

    /// <summary>A node that is known by its platform alone.</summary>
    public static Node Of(Platform platform) => new(platform.ToString(), platform);

    public override string ToString() => Name;
}
