namespace Viaduct.Server;

/// <summary>A name and a password with every request, and no tokens.</summary>
internal sealed class BasicAuthentication(string service, AccountBook accounts) : IRule
{
    public string Name => "authentication";

    public Task AnswerAsync(Exchange exchange, Step next)
    {
        var shown = exchange.Http.Request.Headers.Authorization.ToString();
        exchange.Account = accounts.FindBasic(shown);
        if (exchange.Account is not null) return next(exchange);
        exchange.Header("WWW-Authenticate", $"Basic realm=\"{exchange.Http.Request.Scheme}://{exchange.Http.Request.Host}/\",service=\"{service}\"");
        throw shown.Length == 0 ? new RegistryFault(401, "UNAUTHORIZED", "authentication required") : this.Refuse(exchange, 401, "UNAUTHORIZED", "not authorized");
    }
}
