namespace Viaduct.Oci;

/// <summary>What layers are packed with when they are made.</summary>
public enum Compressor
{
    Gzip,
    Zstd,
}
