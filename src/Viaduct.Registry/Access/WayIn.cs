namespace Viaduct.Registry;

/// <summary>What a registry wants to be shown, and where tokens are had; together, since the service of one challenge is not known at the realm of another.</summary>
/// <param name="Realm">Checked; null for a password.</param>
internal sealed record WayIn(Challenge Challenge, Uri? Realm);
