using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Content that its digest says all of.</summary>
internal sealed class SharedReads<T> : KeyedReads<Digest, T>;
