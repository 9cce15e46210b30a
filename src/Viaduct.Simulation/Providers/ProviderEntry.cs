namespace Viaduct.Simulation;

/// <summary>One member of the <c>auth</c> map of a provider's response.</summary>
/// <param name="Pattern">As the provider wrote it; it goes through the keyring's own rules for keys before it counts.</param>
internal sealed record ProviderEntry(string Pattern, RegistryLogin Login);
