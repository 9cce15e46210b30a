using Viaduct.Oci;

namespace Viaduct.Copying;

/// <summary>A manifest on its way.</summary>
/// <param name="Manifest">Null when every target has it, so that it was not read.</param>
/// <param name="Level">0 without children, else one more than theirs: what has to be there before it has a lower one.</param>
/// <param name="Round">0 for what was asked for, 1 for what is about that, 2 for what is about those.</param>
internal sealed record CopyNode(Descriptor Descriptor, RawManifest? Manifest, ManifestContents Contents, int Level, int Round, IReadOnlySet<CopyTarget> Missing)
{
    /// <summary>Found by what it is about, and named by nothing else.</summary>
    public bool Refers { get; set; }
}
