namespace Viaduct.Simulation;

/// <summary>What is asked of the images that a simulator looks into.</summary>
public sealed record PullOptions
{
    public static readonly PullOptions Default = new();

    /// <summary>A pod's command and args as one list: they take the place of entrypoint and command (Kubernetes API, Container.command). Null or empty: the image's own.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Look at every program of the image, not only at what would be started: all layers are fetched.</summary>
    public bool Deep { get; init; }

    /// <summary>Where what was found is kept for the next time; null for nowhere.</summary>
    public IProgramCache? Cache { get; init; }
}
