using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>One image of a local list, as docker keeps it in a file (docker/cli cli/manifest/types): the name it was created from, its descriptor, its bytes.</summary>
/// <param name="Ref">Complete, with a tag or a digest; its repository is where the image's blobs are, unless <see cref="Companion.Sources"/> says otherwise.</param>
/// <param name="Descriptor">What goes into the list; its platform is what <c>annotate</c> and hands with editors change, and may be null or without words.</param>
/// <param name="Manifest">
/// The image's exact bytes. Null where a docker before 23.0 wrote the file and no form of the JSON in it hashes to the digest:
/// then they are read from the registry by digest, and so is the size, since 18.03 knew it only of the compact form.
/// </param>
public sealed record StoredManifest(Reference Ref, Descriptor Descriptor, RawManifest? Manifest)
{
    /// <summary>The JSON of a manifest whose bytes are lost, to be written again as it was found.</summary>
    internal CompactManifest? Compact { get; init; }
}
