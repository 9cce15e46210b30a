using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Acceptance.Tests.Programs;

/// <summary>An image, what is to be said of it on a node, and how it fares when it runs.</summary>
/// <param name="Layers">The lowest first.</param>
/// <param name="Kind">What is found; null when all is well.</param>
internal sealed record ProgramCase(string Name, Node Node, IReadOnlyList<ImageFiles> Layers, Verdict Verdict, FindingKind? Kind)
{
    /// <summary>What the image says that it is for; the node's platform when null.</summary>
    public string? Label { get; init; }

    public string Start { get; init; } = "/app";

    /// <summary>The processor that qemu is, where it can be an old one.</summary>
    public string? Processor { get; init; }

    public Fate Fate { get; init; } = Verdict == Verdict.Failure ? Fate.Fails : Fate.Prints;

    public Platform Platform => Label is null ? Node.Platform : Platform.Parse(Label);

    /// <summary>As in a registry and in docker.</summary>
    public string Reference => $"viaduct-programs:{Name}";

    public override string ToString() => Name;
}
