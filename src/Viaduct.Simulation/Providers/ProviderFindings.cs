namespace Viaduct.Simulation;

/// <summary>What all providers of a node gave for an image.</summary>
internal sealed record ProviderFindings
{
    public static readonly ProviderFindings Nothing = new();

    /// <summary>Providers built into kubelet first, then exec plugins in the order of their configuration.</summary>
    public IReadOnlyList<ProviderCredentials> Given { get; init; } = [];

    /// <summary>What passed by unnoticed: a provider that was not run, or failed; kubelet logs that and goes on.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What could not be known: a provider without a canned answer. Null where all is known.</summary>
    public string? Unknown { get; init; }
}
