namespace Viaduct.Oci.Layers;

/// <summary>What an entry of a layer can be.</summary>
public enum TarEntryKind
{
    File,
    Directory,
    SymbolicLink,
    HardLink,
    CharacterDevice,
    BlockDevice,
    Fifo,
}
