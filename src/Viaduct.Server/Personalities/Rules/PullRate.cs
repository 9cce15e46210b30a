using System.Globalization;

namespace Viaduct.Server;

/// <summary>
/// Docker Hub counts each GET of a manifest as a pull, for each account, or address where nobody is named; HEAD is free and tells the state
/// (docker/docs usage/pulls.md). Who has none left is told 429 in plain text (soci-snapshotter#1828).
/// </summary>
internal sealed class PullRate(PullQuota quota) : IRule
{
    public string Name => "pull-rate";

    public async Task AnswerAsync(Exchange exchange, Step next)
    {
        if (exchange.Route.Kind != RouteKind.Manifest || !exchange.IsRead())
        {
            await next(exchange).ConfigureAwait(false);
            return;
        }
        var who = exchange.Account ?? PullQuota.Nobody;
        var taken = !exchange.IsHead && quota.Take(who);
        var window = (long)PullQuota.Window.TotalSeconds;
        exchange.Header("ratelimit-limit", string.Create(CultureInfo.InvariantCulture, $"{quota.Limit};w={window}"));
        exchange.Header("docker-ratelimit-source", exchange.Account ?? "127.0.0.1");
        if (!taken && !exchange.IsHead)
        {
            Remaining();
            exchange.RefusedBy = Name;
            exchange.Header("Retry-After", ((long)Math.Ceiling(quota.Wait(who).TotalSeconds)).ToString(CultureInfo.InvariantCulture));
            await exchange.BytesAsync(429, "text/plain", "You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limits\n"u8.ToArray()).ConfigureAwait(false);
            return;
        }
        Remaining();
        try
        {
            await next(exchange).ConfigureAwait(false);
        }
        catch (RegistryFault) when (taken)
        {
            // What is not there was not pulled.
            quota.GiveBack(who);
            Remaining();
            throw;
        }

        void Remaining() => exchange.Header("ratelimit-remaining", string.Create(CultureInfo.InvariantCulture, $"{quota.Remaining(who)};w={window}"));
    }
}
