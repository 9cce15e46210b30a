namespace Viaduct.Oci.Layers;

/// <summary>What the archive of a layer is packed with.</summary>
internal enum LayerPacking
{
    None,
    Gzip,
    Zstd,

    /// <summary>No layer is packed with it, but archives of other origin are.</summary>
    Bzip2,

    /// <inheritdoc cref="Bzip2"/>
    Xz,
}
