namespace Viaduct.Simulation;

/// <summary>What containerd downloads before it looks for the image of its platform.</summary>
internal enum ContainerdFetch
{
    /// <summary>The best entry alone (client pull.go and core/images handlers.go: FilterPlatforms and LimitManifests with the host's matcher).</summary>
    Best,

    /// <summary>All entries of the very platform (transfer service: core/transfer/local/pull.go, with platforms.Ordered of the host's spec).</summary>
    Exact,

    Everything,
}
