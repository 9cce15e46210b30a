namespace Viaduct.Simulation;

/// <summary>What one provider gave for an image.</summary>
/// <param name="Source"><c>provider ecr-credential-provider</c>.</param>
/// <param name="Entries">In the order of the response. The map has none in kubelet: entries of the same effective key are tried in random order.</param>
internal sealed record ProviderCredentials(CredentialOrigin Origin, string Source, IReadOnlyList<ProviderEntry> Entries)
{
    /// <summary>Whose token the provider was asked with; null where it was asked without one.</summary>
    public ServiceAccount? ServiceAccount { get; init; }
}
