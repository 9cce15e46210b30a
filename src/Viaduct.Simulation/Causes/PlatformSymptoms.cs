namespace Viaduct.Simulation;

/// <summary>Nothing in the list is for the node.</summary>
internal static class PlatformSymptoms
{
    private const string Containerd = "containerd, core/images/image.go and plugins/transfer";
    private const string ContainersImage = "containers/image, manifest/oci_index.go and docker_schema2_list.go: CRI-O, podman, skopeo";
    private const string Docker = "moby, distribution/pull_v2.go, daemon/containerd and daemon/images";

    private static readonly IReadOnlyList<Cause> NoEntry =
        [PlatformCauses.Missing, PlatformCauses.ExactOnly, PlatformCauses.Overwritten, PlatformCauses.Level, PlatformCauses.WrongNode, PlatformCauses.WindowsBuild];

    private static readonly IReadOnlyList<Cause> NoEntryAtAll = [PlatformCauses.Missing, PlatformCauses.Overwritten, PlatformCauses.WrongNode, PlatformCauses.Level];

    public static readonly IReadOnlyList<Symptom> All =
    [
        new("fallback-entry", "The list has an entry that the node could run, and containerd's transfer service did not download it: it takes the exact platform only.", Containerd,
            ["get image config descriptor: content digest*not found"], [PlatformCauses.ExactOnly, NodeCauses.ContentDamaged]),
        new("no-matching-entry", "The list has no entry for the node's platform.", Containerd, ["get image config descriptor: no match for platform in manifest", "no match for platform in manifest"], NoEntry),
        new("no-matching-manifest", "The list has no entry for the platform.", Docker, ["no matching manifest for", "no matching manifest was found in the manifest list"], NoEntryAtAll),
        new("no-image-in-index", "The list has no entry for the platform.", ContainersImage,
            ["no image found in image index for", "no image found in manifest list for", "choosing an image from manifest list", "choosing image instance", "no child with platform"], NoEntryAtAll),
        new("other-platform", "The image is for another platform than was asked for.", Docker,
            ["does not match the detected host platform", "does not match the specified platform", "does not provide the specified platform", "does not match the expected platform", "platform in manifest does not match target platform"],
            [PlatformCauses.SingleArchitecture, PlatformCauses.Missing, PlatformCauses.Overwritten]),
        new("windows-build", "The image is for another build of Windows.", "moby, distribution/pull_v2_windows.go; hcsshim",
            ["-based image is incompatible with a", "container operating system does not match the host operating system", "no matching manifest for windows"], [PlatformCauses.WindowsBuild, PlatformCauses.WrongNode]),
        new("other-system", "The image is for another operating system.", Docker, ["image operating system*cannot be used on this platform", "operating system is not supported", "PodOSNotSupported"],
            [PlatformCauses.WrongNode, PlatformCauses.Missing, PlatformCauses.SingleArchitecture]),
        new("unfinished-entry", "The image was pulled, and is then not found in the store.", "containerd, internal/cri/store/image", ["failed to update image store*content digest", "get image compressed resource size"],
            [PlatformCauses.WithoutPlatform, NodeCauses.ContentDamaged]),
        new("content-missing", "Content of the image is not in the runtime's store.", "containerd, core/content", ["content digest*not found", "failed to get reader from content store"],
            [NodeCauses.ContentDamaged, PlatformCauses.ExactOnly, NodeCauses.BlobMissing]),
        new("nested-index", "The list's entry is a list itself.", ContainersImage, ["Unexpectedly received a manifest list instead of a manifest"], [PlatformCauses.WithoutPlatform]),
    ];
}
