using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>A list as it was pushed, or as it would be.</summary>
/// <param name="Names">Its tags, the list's own first.</param>
/// <param name="Images">In the order of the list.</param>
public sealed record PushedList(RawManifest List, IReadOnlyList<Reference> Names, IReadOnlyList<PushedImage> Images);
