using Microsoft.AspNetCore.Http;

namespace Viaduct.Server;

/// <summary>Bearer tokens and the challenge that leads to them (distribution, token.md). A token that opens too little is 401 too, as distribution has it.</summary>
internal sealed class TokenAuthentication(TokenScheme scheme, Stage stage) : IRule
{
    private readonly TokenDesk _desk = new(scheme, stage.Clock);
    private TokenEndpoint? _endpoint;

    public string Name => "authentication";

    public async Task AnswerAsync(Exchange exchange, Step next)
    {
        if (exchange.Path() == scheme.Path)
        {
            exchange.Route = new Route(RouteKind.Token, "", "");
            await (_endpoint ??= new TokenEndpoint(this, scheme, stage.Accounts, _desk)).AnswerAsync(exchange).ConfigureAwait(false);
            return;
        }
        Admit(exchange);
        await next(exchange).ConfigureAwait(false);
    }

    private void Admit(Exchange exchange)
    {
        var need = Need.Of(exchange, scheme.IgnoresDelete ? "push" : "delete");
        const string bearer = "Bearer ";
        if (exchange.Http.Request.Headers.Authorization.ToString() is not { } shown || !shown.StartsWith(bearer, StringComparison.OrdinalIgnoreCase))
            throw Challenge(exchange, need.Scope, null);
        if (_desk.Find(shown[bearer.Length..].Trim()) is not { } grant) throw Challenge(exchange, need.Scope, "invalid_token");
        exchange.Account = grant.Account;
        if (!grant.Covers(need)) throw Challenge(exchange, need.Scope, "insufficient_scope");
        if (exchange.Query("mount") is null || exchange.Query("from") is not { Length: > 0 } from || grant.Covers(Need.Pull(scheme.Rename(from)))) return;
        if (scheme.RefusesForeignMounts) throw Challenge(exchange, $"{need.Scope} {Need.Pull(from).Scope}", "insufficient_scope");
        // A source that may not be read is a source that has it not: the upload begins (distribution-spec, "Mounting a blob").
        exchange.Http.Request.QueryString = QueryString.Empty;
    }

    private RegistryFault Challenge(Exchange exchange, string scope, string? error)
    {
        if (!scheme.ChallengesAtPingOnly || exchange.Route.Kind == RouteKind.Ping)
        {
            var request = exchange.Http.Request;
            exchange.Header("WWW-Authenticate",
                $"Bearer realm=\"{request.Scheme}://{request.Host}{scheme.Path}\",service=\"{scheme.Service}\"{(scope.Length > 0 ? $",scope=\"{scope}\"" : "")}{(error is null ? "" : $",error=\"{error}\"")}");
        }
        // The first request of each client comes without anything: that is no refusal.
        return error is null ? new RegistryFault(401, "UNAUTHORIZED", "authentication required") : this.Refuse(exchange, 401, "UNAUTHORIZED", "the token does not open this");
    }
}
