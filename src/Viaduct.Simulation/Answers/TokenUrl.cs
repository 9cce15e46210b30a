namespace Viaduct.Simulation;

/// <summary>The URL of a token request by GET (containerd core/remotes/docker/auth/fetch.go, FetchToken; Go net/url, Values.Encode).</summary>
internal static class TokenUrl
{
    public static string Of(AuthChallenge challenge, string repository)
    {
        var (address, _, query) = Cut(challenge.Realm, '?');
        var values = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => Cut(pair, '=')).Select(p => (Key: Decode(p.Head), Value: Decode(p.Tail))).ToList();
        if (challenge.Service.Length > 0) values.Add(("service", challenge.Service));
        // scope.go, GetTokenScopes: the repository's own and the challenge's, sorted, each once.
        var scopes = challenge.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append($"repository:{repository}:pull");
        values.AddRange(scopes.Distinct().Order(StringComparer.Ordinal).Select(s => ("scope", s)));
        return $"{address}?{string.Join('&', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{Encode(v.Key)}={Encode(v.Value)}"))}";
    }

    private static (string Head, bool Found, string Tail) Cut(string text, char at) =>
        text.IndexOf(at) is >= 0 and var i ? (text[..i], true, text[(i + 1)..]) : (text, false, "");

    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
