using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <param name="Position">In the list, from 0.</param>
/// <param name="Reason">Why the runtime does not take the entry; null for the one it takes.</param>
/// <param name="Because">The same for people, as a clause.</param>
public sealed record SelectionEntry(int Position, Descriptor Entry, PassReason? Reason, string Because);
