using System.Net.Http.Headers;

namespace Viaduct.Registry;

/// <summary>What a request shows at the gate.</summary>
internal sealed record Pass(AuthenticationHeaderValue Header)
{
    public Token? Token { get; init; }

    /// <summary>The password that is in it; null for a token.</summary>
    public Credential? Credential { get; init; }

    /// <summary>The scopes with which the token was asked.</summary>
    public ScopeSet Asked { get; init; } = ScopeSet.Empty;

    /// <summary>True when the token was asked for during this very request: another like it will fare no better.</summary>
    public bool IsFresh { get; init; }

    /// <summary>True when it was asked for alone, after a token for all that was under way had been refused.</summary>
    public bool IsAlone { get; init; }

    public static Pass Bearer(Token token, ScopeSet asked, bool fresh) =>
        new(new AuthenticationHeaderValue("Bearer", token.Value)) { Token = token, Asked = asked, IsFresh = fresh };
}
