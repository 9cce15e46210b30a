namespace Viaduct.Registry;

/// <summary>What a token was asked with. One registry has one cache, so the registry is not part of it.</summary>
internal sealed record TokenKey(Uri Realm, string? Service, Credential? Credential, ScopeSet Scopes)
{
    /// <summary>True when a token asked with this key serves a request that would ask with the other.</summary>
    public bool Serves(TokenKey other) =>
        Realm == other.Realm && Service == other.Service && Credential == other.Credential && Scopes.Covers(other.Scopes);
}
