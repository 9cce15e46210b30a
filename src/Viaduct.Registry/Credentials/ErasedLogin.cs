using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>What became of a logout.</summary>
/// <param name="WasKept">False when there was nothing to erase in the file, and no helper that could be asked.</param>
/// <param name="Trouble">Why one of the two, the file or the helper, could not erase what the other did.</param>
public sealed record ErasedLogin(bool WasKept, ViaductException? Trouble);
