namespace Viaduct.Registry;

/// <summary>A realm is where credentials are sent, and the registry names it: another public host is normal, anything closer is not.</summary>
internal static class RealmGuard
{
    public static Uri Check(RegistryEndpoint registry, string? realm, string where)
    {
        if (!Uri.TryCreate(realm, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw RegistryErrors.Realm(where, "it is not an address");
        return TargetGuard.Refuse(registry, registry.Root, uri) is { } why ? throw RegistryErrors.Realm(where, $"{uri.Authority} is refused: {why}") : uri;
    }
}
