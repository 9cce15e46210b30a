namespace Viaduct.Server;

/// <summary>
/// A path, read from the right: the last two or three segments say what is wanted and everything before is the repository, so that
/// <c>command/blobs</c> and <c>tags/list</c> are names like any other.
/// </summary>
/// <param name="Name">Not checked yet.</param>
/// <param name="Reference">A tag, a digest or the id of an upload; not checked yet.</param>
internal readonly record struct Route(RouteKind Kind, string Name, string Reference)
{
    /// <param name="target">The request's target as it was sent: nothing has been decoded or normalised, so no dots have been walked.</param>
    public static Route Parse(string target)
    {
        var path = target.IndexOf('?') is >= 0 and var query ? target[..query] : target;
        var segments = path.Split('/');
        if (segments.Length < 2 || segments[0].Length > 0 || segments[1] != "v2") return default;
        for (var i = 2; i < segments.Length; i++)
            if (segments[i].Contains('%'))
                segments[i] = Uri.UnescapeDataString(segments[i]);
        var rest = segments.AsSpan(2);
        return rest switch
        {
            [] or [""] => new Route(RouteKind.Ping, "", ""),
            ["_catalog"] => new Route(RouteKind.Catalog, "", ""),
            [.. var name, "tags", "list"] => Make(RouteKind.Tags, name, ""),
            [.. var name, "manifests", var reference] => Make(RouteKind.Manifest, name, reference),
            [.. var name, "referrers", var digest] => Make(RouteKind.Referrers, name, digest),
            [.. var name, "blobs", "uploads"] => Make(RouteKind.Uploads, name, ""),
            [.. var name, "blobs", "uploads", ""] => Make(RouteKind.Uploads, name, ""),
            [.. var name, "blobs", "uploads", var id] => Make(RouteKind.Upload, name, id),
            [.. var name, "blobs", var digest] => Make(RouteKind.Blob, name, digest),
            _ => default,
        };
    }

    // A slash that was encoded is no separator: kept encoded it fails the grammar.
    private static Route Make(RouteKind kind, Span<string> name, string reference)
    {
        foreach (ref var segment in name)
            if (segment.Contains('/'))
                segment = "%2F";
        return new Route(kind, string.Join('/', (ReadOnlySpan<string?>)name), reference);
    }
}
