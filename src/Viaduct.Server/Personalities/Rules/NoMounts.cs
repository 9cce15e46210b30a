using Microsoft.AspNetCore.Http;

namespace Viaduct.Server;

/// <summary>A mount begins an upload instead: ECR mounts only where the account opts in (AWS, blob mounting, 2026-01).</summary>
internal sealed class NoMounts : IRule
{
    public string Name => "no-mounts";

    public Task AnswerAsync(Exchange exchange, Step next)
    {
        if (exchange.Route.Kind == RouteKind.Uploads && exchange.Query("mount") is not null) exchange.Http.Request.QueryString = QueryString.Empty;
        return next(exchange);
    }
}
