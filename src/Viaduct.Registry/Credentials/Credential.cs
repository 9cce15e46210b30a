using System.Net.Http.Headers;
using System.Text;

namespace Viaduct.Registry;

/// <summary>A name and a password, or a token; never printed whole.</summary>
public sealed record Credential(string? Username, string? Password)
{
    /// <summary>An OAuth refresh token, exchanged for registry tokens. The name beside it is often there, the password seldom.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>A bearer token that is shown to the registry as it is (docker's <c>registrytoken</c>); no token service is asked.</summary>
    public string? RegistryToken { get; init; }

    public override string ToString() => $"credential of {(string.IsNullOrEmpty(Username) ? "no name" : Username)}";

    // UTF-8, as Go clients send and servers expect; RFC 7617 leaves it open.
    internal AuthenticationHeaderValue? ToBasic() =>
        Username is { } user && (Password is { Length: > 0 } ? Password : IdentityToken) is { } secret
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")))
            : null;

    internal Pass? ToPass() => ToBasic() is { } header ? new Pass(header) { Credential = this } : null;
}
