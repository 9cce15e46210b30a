using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <param name="Reason">Why a runtime did not choose the entry.</param>
/// <param name="Because">The same for people, as a clause.</param>
public sealed record PassedEntry(Descriptor Entry, PassReason Reason, string Because);
