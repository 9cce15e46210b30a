namespace Viaduct.Cli.Sessions;

internal enum ImagePlaceKind
{
    Registry,
    Layout,
    Archive,
}
