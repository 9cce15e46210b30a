namespace Viaduct.Registry;

/// <summary>
/// Addresses that a registry or the server of a file hands out (a token realm, a redirect, an upload location) are not to be believed: they could make
/// this machine speak to its own network (CVE-2026-48978, CVE-2026-50151).
/// </summary>
internal static class TargetGuard
{
    /// <summary>Why <paramref name="target"/> must not be asked; null when it may.</summary>
    /// <param name="from">What handed it out: https never becomes http.</param>
    public static string? Refuse(RegistryEndpoint registry, Uri from, Uri target)
    {
        if (target.Scheme != Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttp)
            return "it is not an HTTP address";
        if (target.UserInfo.Length > 0)
            return "it carries a user name";
        if (target.Scheme == Uri.UriSchemeHttp && from.Scheme != Uri.UriSchemeHttp)
            return "it leaves HTTPS";
        return registry.IsHost(target.IdnHost) ? null : Refuse(registry, NetworkZones.Of(target.IdnHost));
    }

    /// <summary>The same for where a target stands: for a name, each address it has (<see cref="Dialer"/>).</summary>
    public static string? Refuse(RegistryEndpoint registry, NetworkZone zone) => zone switch
    {
        NetworkZone.Public => null,
        NetworkZone.Private when registry.Zone == NetworkZone.Private => null,
        NetworkZone.Loopback when registry.Zone == NetworkZone.Loopback => null,
        NetworkZone.Loopback => $"it is this machine, and {registry.Registry} is not",
        NetworkZone.Private => $"it is in a private network, and {registry.Registry} is not",
        _ => "it is a link-local address",
    };
}
