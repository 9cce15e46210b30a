namespace Viaduct.Server;

internal enum RouteKind
{
    None,
    Ping,
    Catalog,
    Tags,
    Manifest,
    Blob,
    Uploads,
    Upload,
    Referrers,
    /// <summary>The token service of a registry that is played.</summary>
    Token,
}
