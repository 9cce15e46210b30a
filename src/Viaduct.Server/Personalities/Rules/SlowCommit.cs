namespace Viaduct.Server;

/// <summary>
/// The answer to a commit comes late, after the blob was stored: ghcr.io took 5 to 11 s for 700 MB, and a client that gave up meanwhile and sent
/// the commit again was told 404 BLOB_UPLOAD_UNKNOWN (jib#4301). That 404 needs no rule: an upload that was committed is no longer there.
/// </summary>
internal sealed class SlowCommit(TimeSpan wait, TimeProvider clock) : IRule
{
    public string Name => "commit-delay";

    public async Task AnswerAsync(Exchange exchange, Step next)
    {
        await next(exchange).ConfigureAwait(false);
        if (wait > TimeSpan.Zero && exchange.IsPut(RouteKind.Upload)) await Task.Delay(wait, clock, exchange.Aborted).ConfigureAwait(false);
    }
}
