namespace Viaduct.Server;

/// <summary>A piece of a sorted list: the parameters <c>n</c> and <c>last</c>, and the <c>Link</c> to what follows.</summary>
/// <param name="Count">How many at most.</param>
/// <param name="Last">Entries up to this one have been seen.</param>
internal readonly record struct Page(int Count, string? Last)
{
    /// <summary>What one answer holds when it is asked for a number (CVE-2023-2253: a number is not an order to allocate).</summary>
    private const int MaxCount = 1000;

    /// <summary>Clients that ask for no number often follow no Link either.</summary>
    private const int Unasked = 10_000;

    /// <exception cref="RegistryFault">PAGINATION_NUMBER_INVALID.</exception>
    public static Page Of(Exchange exchange)
    {
        var last = exchange.Query("last");
        if (exchange.Query("n") is not { } n) return new Page(Unasked, last);
        if (n.Length == 0 || n.AsSpan().ContainsAnyExceptInRange('0', '9')) throw RegistryFault.BadCount();
        return new Page(int.TryParse(n, out var count) ? Math.Min(count, MaxCount) : MaxCount, last);
    }

    /// <summary>The page's entries in the order of their bytes; the answer gets its <c>Link</c> when more follow.</summary>
    public List<string> Take(IEnumerable<string> all, Exchange exchange)
    {
        if (Count == 0) return [];
        var after = Last;
        var rest = all.Where(entry => after is null || string.CompareOrdinal(entry, after) > 0).Order(StringComparer.Ordinal).ToList();
        if (rest.Count <= Count) return rest;
        var page = rest[..Count];
        Link(exchange, page[^1]);
        return page;
    }

    public void Link(Exchange exchange, string last)
    {
        var target = exchange.Target;
        var path = target.IndexOf('?') is >= 0 and var query ? target[..query] : target;
        var filter = exchange.Query("artifactType") is { Length: > 0 } type ? "&artifactType=" + Uri.EscapeDataString(type) : "";
        exchange.Header("Link", $"<{path}?n={Count}&last={Uri.EscapeDataString(last)}{filter}>; rel=\"next\"");
    }
}
