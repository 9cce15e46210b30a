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
}
