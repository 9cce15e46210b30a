namespace Viaduct.Registry;

/// <summary>The target of <c>Link: &lt;…&gt;; rel="next"</c> (RFC 8288).</summary>
internal static class PageLinks
{
    /// <summary>It has to be the same registry.</summary>
    /// <param name="what">What is listed, for people.</param>
    public static Uri? Next(Answer answer, RegistryEndpoint registry, string what)
    {
        foreach (var header in answer.Headers("Link"))
        {
            if (TargetOf(header) is not { } target) continue;
            if (!Locations.TryResolve(answer.Uri, target, out var next) || !registry.Owns(next))
                throw RegistryErrors.Pages(answer.Name, "the next page is not at this registry", what);
            return next;
        }
        return null;
    }

    /// <summary>Of the first link whose relation is next; there may be several in a header, and several relations of a link.</summary>
    internal static string? TargetOf(string header)
    {
        var at = 0;
        while (header.IndexOf('<', at) is >= 0 and var open && header.IndexOf('>', open) is >= 0 and var close)
        {
            at = close + 1;
            if (Parameters(header, ref at).Find(p => p.Name.Equals("rel", StringComparison.OrdinalIgnoreCase)) is { Value: { } relations }
                && relations.Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase))
                return header[(open + 1)..close];
        }
        return null;
    }

    /// <param name="at">Behind the target; afterwards behind the comma that ends the link.</param>
    private static List<(string Name, string Value)> Parameters(string header, ref int at)
    {
        var found = new List<(string, string)>();
        for (var start = at; ; start = at)
        {
            var isQuoted = false;
            for (; at < header.Length && (isQuoted || header[at] is not (';' or ',')); at++)
                if (header[at] == '\\' && isQuoted) at++;
                else if (header[at] == '"') isQuoted = !isQuoted;
            at = Math.Min(at, header.Length);
            if (header.IndexOf('=', start, at - start) is >= 0 and var sign) found.Add((header[start..sign].Trim(), header[(sign + 1)..at].Trim().Trim('"')));
            if (at == header.Length || header[at++] == ',') return found;
        }
    }
}
