namespace Viaduct.Simulation;

/// <summary>One PullImage call.</summary>
/// <param name="Credential">Null for the one without any.</param>
/// <param name="Error">What the runtime says, as kubelet shows it; null where it pulled.</param>
/// <param name="Unknown">Why it is not known; null where it is.</param>
public sealed record CredentialTrial(OfferedCredential? Credential, string? Error, string? Unknown = null);
