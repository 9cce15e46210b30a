namespace Viaduct.Simulation;

public enum BinaryKind
{
    /// <summary>Bytes that no loader knows; an empty file and a script without <c>#!</c> too.</summary>
    Unknown,
    Elf,
    Script,

    /// <summary>A Windows executable (PE).</summary>
    Windows,

    /// <summary>A macOS executable.</summary>
    MachO,
}
