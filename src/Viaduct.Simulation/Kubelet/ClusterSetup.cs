namespace Viaduct.Simulation;

/// <summary>What the API server adds to every pod.</summary>
public sealed record ClusterSetup
{
    /// <summary>The admission plugin AlwaysPullImages, which is off unless somebody asks for it.</summary>
    public bool AlwaysPullImages { get; init; }

    /// <summary>Of the API server; null: as its nodes.</summary>
    public KubernetesVersion? Version { get; init; }
}
