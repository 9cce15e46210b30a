using Viaduct.Metadata;
using Viaduct.Oci;

namespace Build.Release;

/// <summary>A base whose name points at something else than what was built from.</summary>
internal sealed record MovedBase(BaseRecord Base, Digest Now);
