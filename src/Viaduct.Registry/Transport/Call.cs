namespace Viaduct.Registry;

/// <summary>A request as it is meant; it can be sent as often as needed, because its body can be opened again.</summary>
internal sealed record Call(HttpMethod Method, Uri Uri)
{
    public ScopeSet Scopes { get; init; } = ScopeSet.Empty;

    /// <summary>Name the four manifest types in Accept. On manifest requests only: Artifactory answers 406 elsewhere.</summary>
    public bool AcceptManifests { get; init; }

    public Body? Body { get; init; }

    /// <summary>
    /// True for many bytes: they have a connection of their own, and with it a window of their own, while all that is small shares one (HTTP/2).
    /// </summary>
    public bool IsBulk { get; init; }

    /// <summary>True for what a broken connection took with it: tried again on a connection of its own, also where it is small.</summary>
    public bool IsApart { get; init; }

    /// <summary>Where a read goes on that broke off; zero for all of it, without a word.</summary>
    public long From { get; init; }

    /// <summary>True for what is asked as a courtesy: a refusal of it is not argued with, for no token and no other credential.</summary>
    public bool IsCourtesy { get; init; }

    /// <summary>An ETag: what is put takes the place of this version only (RFC 9110, 13.1.1).</summary>
    public string? IfMatch { get; init; }

    /// <summary>For small answers: read so many bytes as part of the try, so that an answer that breaks off is asked for again.</summary>
    public int ReadLimit { get; init; }

    /// <summary>False where the caller knows better what a failure means, as at the commit of an upload.</summary>
    public bool Retry { get; init; } = true;

    /// <summary>
    /// True for what is asked while the caller holds an answer, or sends what depends on this one, and with it has a place in the gate:
    /// waiting for a second place, all the holders of first ones would wait for each other.
    /// </summary>
    public bool IsAside { get; init; }

    /// <summary>Method, host and path, for people: a query may carry signatures and never appears.</summary>
    public string Name => NameOf(Method, Uri);

    public static string NameOf(HttpMethod method, Uri uri) => $"{method.Method} {uri.Authority}{uri.AbsolutePath}";
}
