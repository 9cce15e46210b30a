using Viaduct.Oci;

namespace Viaduct.Copying;

/// <summary>All that a copy takes along.</summary>
/// <param name="Nodes">Each manifest once.</param>
/// <param name="Signatures">Tags of the source that are about one of the manifests, and the manifest that they show.</param>
internal sealed record CopyTree(CopyNode Root, IReadOnlyList<CopyNode> Nodes, IReadOnlyList<(string Tag, RawManifest Manifest)> Signatures);
