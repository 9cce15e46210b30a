using Viaduct.Oci;

namespace Viaduct.Cli.Sessions;

/// <summary>A tag that is about a manifest.</summary>
/// <param name="IsOnlyIts">Whether nothing else shows or names what it shows, so that this may be deleted with it.</param>
internal sealed record SignatureTag(string Tag, Digest Shows, bool IsOnlyIts);
