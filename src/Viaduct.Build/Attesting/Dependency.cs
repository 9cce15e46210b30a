using Viaduct.Oci;

namespace Viaduct.Build.Attesting;

/// <summary>What a build was made from: an image, or a file behind an address.</summary>
/// <param name="Uri">A package URL, or the address.</param>
internal sealed record Dependency(string Uri, Digest Digest);
