using Viaduct.Oci;

namespace Viaduct.Planning;

/// <summary>A tag and what the registry says it points at; null when it is not there.</summary>
public sealed record NamedState(Reference Name, Descriptor? Present);
