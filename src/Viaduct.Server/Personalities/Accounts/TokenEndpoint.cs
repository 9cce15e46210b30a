using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>The token service: GET with Basic or without (distribution, token.md), POST with a form (oauth.md).</summary>
internal sealed class TokenEndpoint(IRule rule, TokenScheme scheme, AccountBook accounts, TokenDesk desk)
{
    public Task AnswerAsync(Exchange exchange) => exchange.Method switch
    {
        "GET" => GetAsync(exchange),
        "POST" when scheme.PostStatus == 0 => PostAsync(exchange),
        "POST" => throw rule.Refuse(exchange, scheme.PostStatus, scheme.PostStatus == 401 ? "UNAUTHORIZED" : "UNSUPPORTED", "tokens are to be had by GET"),
        _ => throw RegistryFault.NotAllowed(exchange.Method),
    };

    private Task GetAsync(Exchange exchange)
    {
        var shown = exchange.Http.Request.Headers.Authorization.ToString();
        if (shown.Length == 0) return scheme.AnonymousPull ? SendAsync(exchange, null, Scopes(exchange)) : throw Denied(exchange);
        return SendAsync(exchange, accounts.FindBasic(shown) ?? throw Denied(exchange), Scopes(exchange));
    }

    private async Task PostAsync(Exchange exchange)
    {
        if (!exchange.Http.Request.HasFormContentType) throw Denied(exchange);
        var form = await exchange.Http.Request.ReadFormAsync(exchange.Aborted).ConfigureAwait(false);
        var account = form["grant_type"].ToString() switch
        {
            "password" => accounts.Find(form["username"].ToString(), form["password"].ToString()),
            "refresh_token" => accounts.FindToken(form["refresh_token"].ToString()),
            _ => null,
        };
        await SendAsync(exchange, account ?? throw Denied(exchange), form["scope"].OfType<string>()).ConfigureAwait(false);
    }

    private static IEnumerable<string> Scopes(Exchange exchange) => exchange.Http.Request.Query["scope"].OfType<string>();

    private Task SendAsync(Exchange exchange, string? account, IEnumerable<string> scopes)
    {
        exchange.Account = account;
        var token = desk.Issue(account, scopes);
        var json = new GoJsonWriter().BeginObject().Name("token").String(token).Name("access_token").String(token)
            .Name("expires_in").Number((long)TokenDesk.Lifetime.TotalSeconds).EndObject();
        exchange.Header("Cache-Control", "no-store");
        return exchange.JsonAsync(200, json.ToBytes()).AsTask();
    }

    private RegistryFault Denied(Exchange exchange) => rule.Refuse(exchange, 401, "UNAUTHORIZED", "the name or the password is not known");
}
