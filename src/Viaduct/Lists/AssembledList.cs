using Viaduct.Oci;

namespace Viaduct.Lists;

/// <summary>A list as it was pushed.</summary>
public sealed record AssembledList(IReadOnlyList<Reference> Targets, RawManifest List);
