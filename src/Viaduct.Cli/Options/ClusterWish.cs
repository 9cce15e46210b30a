using Viaduct.Simulation;

namespace Viaduct.Cli.Options;

/// <summary>What the command line says of a cluster.</summary>
/// <param name="Files">Paths, or <c>-</c>.</param>
internal sealed record ClusterWish(IReadOnlyList<string> Files)
{
    public string? Registries { get; init; }

    public string? Namespace { get; init; }

    public KubernetesVersion? Version { get; init; }

    public bool AlwaysPullImages { get; init; }

    public IReadOnlyList<(string Provider, string File)> Answers { get; init; } = [];

    /// <summary>The folder of the credential providers' programs; null where none is run.</summary>
    public string? Programs { get; init; }

    public bool VerifiesCredentials { get; init; }

    public bool IsOffline { get; init; }
}
