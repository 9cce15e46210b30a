using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>A tag that was put is seen by readers only after a while: until then they see what was there before. Digests are there at once.</summary>
internal sealed class TagLag(TimeSpan lag, StoreView store, TimeProvider clock) : IRule
{
    private const int Many = 1024;

    private readonly ConcurrentDictionary<string, (Digest? Before, long Put)> _late = new(StringComparer.Ordinal);

    public string Name => "tag-lag";

    public async Task AnswerAsync(Exchange exchange, Step next)
    {
        if (lag == TimeSpan.Zero || !exchange.Route.NamesTag())
        {
            await next(exchange).ConfigureAwait(false);
            return;
        }
        var key = $"{exchange.Route.Name}:{exchange.Route.Reference}";
        if (exchange.IsRead())
        {
            if (_late.TryGetValue(key, out var late) && IsLate(late.Put))
                exchange.Route = exchange.Route with { Reference = late.Before?.ToString() ?? throw this.Refuse(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown") };
            await next(exchange).ConfigureAwait(false);
            return;
        }
        var before = _late.TryGetValue(key, out var earlier) && IsLate(earlier.Put) ? earlier.Before : store.FindTag(exchange.Repository, exchange.Route.Reference);
        await next(exchange).ConfigureAwait(false);
        if (exchange.Method != "PUT" || exchange.Http.Response.StatusCode != 201) return;
        if (_late.Count >= Many) Forget();
        _late[key] = (before, clock.GetTimestamp());
    }

    private bool IsLate(long put) => clock.GetElapsedTime(put) < lag;

    private void Forget()
    {
        foreach (var (key, late) in _late)
            if (!IsLate(late.Put)) _late.TryRemove(key, out _);
    }
}
