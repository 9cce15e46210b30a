namespace Viaduct.Registry.Tests;

/// <summary>What a token of the bed is worth.</summary>
/// <param name="Issued">On the clock of the bed.</param>
/// <param name="Lifetime">For how long the registry takes it, whatever the service said.</param>
/// <param name="IsTrusted">False for one that a stranger signed.</param>
internal sealed record GrantedToken(ScopeSet Scopes, long Issued, TimeSpan Lifetime, bool IsTrusted);
