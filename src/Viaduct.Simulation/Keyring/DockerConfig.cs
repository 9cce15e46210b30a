namespace Viaduct.Simulation;

/// <summary>What kubelet reads of a config.json, a .dockercfg, or a secret of either form.</summary>
internal sealed record DockerConfig
{
    /// <summary>In the order of the document; kubelet has them in no order.</summary>
    public IReadOnlyList<DockerConfigEntry> Entries { get; init; } = [];

    /// <summary>Why none of it counts, in Go's words; null where all is well.</summary>
    public string? Error { get; init; }

    /// <summary>The docker client keeps logins elsewhere: <c>credsStore</c> or <c>credHelpers</c>, of which kubelet knows nothing.</summary>
    public string? Store { get; init; }

    /// <summary>Registries stand outside of <c>auths</c>, as they do in a .dockercfg.</summary>
    public bool LooksBare { get; init; }
}
