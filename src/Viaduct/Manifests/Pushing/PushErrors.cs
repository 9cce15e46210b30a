using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>The failures of <c>manifest push</c>: VIA5120 to VIA5129.</summary>
internal static class PushErrors
{
    public static ManifestException NoList(Reference list) =>
        new("VIA5120", $"No such manifest: {list}", "there is no local list of this name", "Make it with 'manifest create'; 'manifest ls' shows those that are there.");

    public static ManifestException Empty(Reference list) =>
        new("VIA5120", $"{list} not found", "the local list has no images", "Add some with 'manifest create --amend', or remove it with 'manifest rm'.");

    public static ManifestException NoPlatform(Reference list, Reference image) =>
        new("VIA5121", $"manifest {image} must have an OS and Architecture to be pushed to a registry", "its config names none, so no node could choose it",
            $"Say them: 'manifest annotate --os OS --arch ARCH {list} {image}'.");

    public static ViaductException SamePlatform(Reference list, string note) => new("VIA5122", note, list.ToString());

    public static ViaductException BothKinds(Reference list, string note) => new("VIA5123", note, list.ToString());

    public static ViaductException NeedsIndex(Reference list, Reference first) =>
        new("VIA5124", $"annotations stand in OCI indexes only, and {first}, the first image, is a Docker image, so this becomes a Docker list", list.ToString(),
            "Build the images as OCI images, or take the annotations off with 'manifest annotate --clear annotations'.");

    public static ViaductException SourceChanged(string source, Digest digest) =>
        new("VIA5125", $"it has no image {digest} any more, which the list was made from", source,
            "Make the list again with 'manifest create --amend --refresh'.", ExitCode.VerificationFailed);

    public static ViaductException NotShown(Reference name, Digest list, Digest? shown, TimeSpan patience) =>
        new("VIA5126", shown is null
                ? $"{list} was taken by the registry, and after {patience.TotalSeconds:0} s there is no such tag"
                : $"{list} was taken by the registry, and after {patience.TotalSeconds:0} s the tag is still {shown}",
            name.ToString(), "Somebody else may have moved it, or the registry lags: look again before you rely on it.", ExitCode.VerificationFailed);
}
