namespace Viaduct.Server;

/// <summary>Counts answered requests.</summary>
internal sealed class RequestTally
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Kind, string Method), RequestCount> _counts = [];
    private readonly SortedDictionary<(string Rule, int Status), long> _refusals = [];
    private long _challenges;

    public void Add(Exchange exchange)
    {
        var status = exchange.Http.Response.StatusCode;
        // Method is the client's text: no more than a few are counted apart.
        var method = exchange.Method is "GET" or "HEAD" or "PUT" or "POST" or "PATCH" or "DELETE" ? exchange.Method : "OTHER";
        var key = (KindOf(exchange.Route.Kind), method);
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(key) ?? new RequestCount(key.Item1, method, 0, 0, 0);
            _counts[key] = count with { Count = count.Count + 1, Received = count.Received + CountedBody.Of(exchange), Sent = count.Sent + exchange.Written };
            if (exchange.RefusedBy is { } rule) _refusals[(rule, status)] = _refusals.GetValueOrDefault((rule, status)) + 1;
            else if (status == 401) _challenges++;
        }
    }

    public RehearsalReport Report(string name, PullQuota? quota)
    {
        lock (_lock)
            return new RehearsalReport(name, [.. _counts.Values])
            {
                Challenges = _challenges,
                Refusals = [.. _refusals.Select(r => new RefusalCount(r.Key.Rule, r.Key.Status, r.Value))],
                PullLimit = quota?.Limit,
                Pulls = [.. (quota?.Totals ?? []).Select(t => new PullCount(t.Account, t.Pulls))],
            };
    }

    private static string KindOf(RouteKind kind) => kind switch
    {
        RouteKind.None => "other",
        RouteKind.Uploads or RouteKind.Upload => "upload",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
