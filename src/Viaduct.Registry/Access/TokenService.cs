using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Asks for tokens (distribution, token.md and oauth.md): GET with Basic or anonymously, POST for identity tokens. Redirects are not followed,
/// so credentials reach the checked realm and nothing else.
/// </summary>
internal sealed class TokenService(RegistryEndpoint registry, Wire wire, RetryPolicy retry)
{
    private const int MaxSize = 1 << 20;

    public async Task<Token> AskAsync(TokenKey key, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (key.Credential is { IdentityToken: { } identity } credential)
        {
            var form = $"grant_type=refresh_token&refresh_token={Escape(identity)}";
            var (token, status) = await TryAsync(key, Post(key, form), null, clock, cancellationToken).ConfigureAwait(false);
            // Realms without a working POST take the identity token as a password (containerd, authorizer.go).
            if (token is not null) return token;
            if (status is not (400 or 401 or 404 or 405) || credential.Username is null or "") throw RegistryErrors.TokenDenied(key.Realm, status, registry, null);
        }
        var (plain, refused) = await TryAsync(key, Get(key), key.Credential, clock, cancellationToken).ConfigureAwait(false);
        if (plain is not null) return plain;
        if (refused == 405 && key.Credential is { Password: { } password, Username: { } user })
        {
            (plain, refused) = await TryAsync(key, Post(key, user, password), null, clock, cancellationToken).ConfigureAwait(false);
        }
        return plain ?? throw RegistryErrors.TokenDenied(key.Realm, refused, registry, null);
    }

    public static Call Get(TokenKey key)
    {
        var query = new StringBuilder(key.Realm.Query.Length > 1 ? key.Realm.Query[1..] + "&" : "");
        if (key.Service is { } service) query.Append("service=").Append(Escape(service)).Append('&');
        // One parameter a scope: some services read only the first of a joined list, all read repeated ones (token.md).
        foreach (var scope in key.Scopes.Texts) query.Append("scope=").Append(EscapeScope(scope)).Append('&');
        if (query.Length > 0) query.Length--;
        return new Call(HttpMethod.Get, new UriBuilder(key.Realm) { Query = query.ToString() }.Uri) { ReadLimit = MaxSize };
    }

    public static Call Post(TokenKey key, string user, string password) => Post(key, $"grant_type=password&username={Escape(user)}&password={Escape(password)}");

    private static Call Post(TokenKey key, string form)
    {
        var text = $"{form}&client_id=viaduct&service={Escape(key.Service ?? "")}&scope={Escape(key.Scopes.ToString())}";
        return new Call(HttpMethod.Post, key.Realm) { Body = Body.Form(text), ReadLimit = MaxSize };
    }

    /// <summary>A token, or the status of a refusal that another way of asking might not meet.</summary>
    private async Task<(Token? Token, int Status)> TryAsync(TokenKey key, Call call, Credential? basic, TimeProvider clock, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        using var answer = await SendAsync(call, basic, cancellationToken).ConfigureAwait(false);
        if (answer.Status is 400 or 401 or 403 or 404 or 405)
        {
            if (answer.Status is 404 or 405 || (key.Credential?.IdentityToken is not null && basic is null)) return (null, answer.Status);
            throw RegistryErrors.TokenDenied(key.Realm, answer.Status, registry, await ErrorEnvelope.ReadAsync(answer, cancellationToken).ConfigureAwait(false));
        }
        if (answer.Status is >= 300 and < 400) throw RegistryErrors.Redirect(answer.Name, "a token request is not followed elsewhere");
        if (answer.Status != 200) throw await RegistryErrors.FailedAsync(answer, registry, cancellationToken, isTokenService: true).ConfigureAwait(false);
        if (answer.IsHtml) throw RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a token was expected");
        var (bytes, cut) = await answer.ReadAsync(MaxSize, cancellationToken).ConfigureAwait(false);
        if (cut) throw RegistryErrors.TooLarge(answer.Name, "the token", MaxSize);
        return (Read(bytes, answer, asked), 200);
    }

    private async Task<Answer> SendAsync(Call call, Credential? basic, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.SendAsync(call, (c, token) => wire.SendAsync(c, c.Uri, basic?.ToBasic(), null, token), cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException e)
        {
            // It has been asked as often as is worth it: the request that needs the token is not to be tried again for that.
            throw e.Finally(1);
        }
    }

    /// <exception cref="ViaductException">VIA3020: there is none in it.</exception>
    public static Token Read(byte[] bytes, Answer answer, long asked)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                // "token" and "access_token" are the same thing, and either may be missing or empty (token.md).
                var value = Text(root, "token") is { Length: > 0 } token ? token : Text(root, "access_token");
                if (value is { Length: > 0 } && value.AsSpan().IndexOfAnyExceptInRange('\x21', '\x7e') < 0)
                    return new Token(value, asked, Lifetime(root));
            }
        }
        catch (JsonException)
        {
            // The same sentence as for JSON without a token: what came is not repeated, it may be half a secret.
        }
        throw RegistryErrors.Protocol(answer.Name, "the answer holds no token");
    }

    /// <summary>Whether there is one by the name of RFC 6749, which some clients ask for.</summary>
    public static bool HasAccessToken(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && Text(root, "access_token") is { Length: > 0 };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static TimeSpan Lifetime(JsonElement root) =>
        root.TryGetProperty("expires_in", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400))
            : TimeSpan.FromSeconds(60);

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static string EscapeScope(string scope) => Escape(scope).Replace("%3A", ":").Replace("%2F", "/").Replace("%2C", ",");
}
