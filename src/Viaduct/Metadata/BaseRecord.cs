using Viaduct.Oci;

namespace Viaduct.Metadata;

/// <summary>A base that is not of the set.</summary>
/// <param name="Digest">Of the list or image that its name pointed at, before a platform was chosen.</param>
public sealed record BaseRecord(string Name, Digest Digest);
