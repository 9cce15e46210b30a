using Viaduct.Oci;

namespace Viaduct.Planning;

/// <summary>A base whose name means another image than the one that was built on.</summary>
/// <param name="Now">What it means now for the platform.</param>
public sealed record MovedBase(string Name, Digest Now);
