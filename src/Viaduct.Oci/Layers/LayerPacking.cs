namespace Viaduct.Oci.Layers;

internal enum LayerPacking
{
    None,
    Gzip,
    Zstd,
}
