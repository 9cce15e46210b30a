using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// The credential that a CI system hands over in variables: for the one registry that <c>VIADUCT_REGISTRY_AUTH_HOST</c> names, and never for another.
/// </summary>
internal sealed class NamedCredential(Func<string, string?> variable)
{
    public const string Host = "VIADUCT_REGISTRY_AUTH_HOST";
    public const string User = "VIADUCT_REGISTRY_AUTH_USER";
    public const string Password = "VIADUCT_REGISTRY_AUTH_PASSWORD";
    public const string Token = "VIADUCT_REGISTRY_AUTH_TOKEN";

    /// <exception cref="ViaductException">VIA3042: the variables are half set, so that it is not clear what they are for.</exception>
    public Credential? Find(string registry)
    {
        var (host, user, password, token) = (Value(Host), Value(User), Value(Password), Value(Token));
        if (host is null)
        {
            var stray = password is not null ? Password : token is not null ? Token : user is not null ? User : null;
            return stray is null ? null : throw RegistryErrors.Variable(stray, $"it is set, and {Host}, which says for which registry, is not");
        }
        if (RegistryKeys.RegistryOf(host) is var named && !named.Equals(registry, StringComparison.OrdinalIgnoreCase)) return null;
        return (user, password, token) switch
        {
            (_, null, null) => throw RegistryErrors.Variable(Host, $"it names {named}, and neither {Password} nor {Token} is set"),
            (_, not null, not null) => throw RegistryErrors.Variable(Token, $"it and {Password} are both set"),
            (null, not null, _) => throw RegistryErrors.Variable(Password, $"it is set, and {User} is not"),
            _ => new Credential(user, password) { IdentityToken = token },
        };
    }

    private string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
