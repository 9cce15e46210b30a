using Viaduct.Oci;

namespace Viaduct.Planning;

/// <summary>The failures of planning and assembly: VIA5xxx.</summary>
internal static class PlanErrors
{
    public static ViaductException WouldMove(IReadOnlyList<Step.Tag> tags) =>
        new("VIA5001", $"{(tags.Count == 1 ? "a tag that exists" : $"{tags.Count} tags that exist")} would be moved: {string.Join(", ", tags.Take(5).Select(t => $"{t.Name} ({t.Present!.Digest.Short})"))}{(tags.Count > 5 ? ", …" : "")}",
            todo: "Nothing was pushed. Choose a new tag, or allow it with --move-tag.");

    public static ViaductException TagExists(Reference name, Digest now, Digest wanted) =>
        new("VIA5001", $"the tag exists and would move from {now.Short} to {wanted.Short}", name.ToString(), "Nothing was pushed to it. Choose a new tag, or allow it with --move-tag.");

    public static ViaductException ChildMissing(Reference child) =>
        new("VIA5002", "the image does not exist", child.ToString(), "Push it first; the list was not touched.");

    public static ViaductException NoPlatform(Reference child) =>
        new("VIA5003", "its config names no operating system or no architecture, so no node could choose it", child.ToString());

    public static ViaductException SamePlatform(Platform platform, Reference first, Reference second) =>
        new("VIA5004", $"two children are for {platform}: {first} and {second}", todo: "Leave one of them out; a runtime would only ever take the first.");

    public static ViaductException MixedKinds(Reference docker, Reference oci) =>
        new("VIA5005", $"a list holds children of one kind, and {docker} is a Docker image while {oci} is an OCI image", todo: "Build or convert them alike.");

    public static ViaductException PlatformDiffers(Reference child, Platform declared, Platform found) =>
        new("VIA5006", $"it is declared for {declared}, and its config says {found}", child.ToString(),
            "Build it for the platform, or say --trust-declared when the config is what is wrong.", ExitCode.VerificationFailed);

    public static ViaductException NotOneImage(Reference child, int images) =>
        new("VIA5007", $"it is a list of {images} images, and a child has to be one image", child.ToString(), "Name the wanted image by its digest.");

    public static ViaductException NoImageFor(Reference child, Platform platform) =>
        new("VIA5013", $"it is a list without an image for {platform}", child.ToString());

    public static ViaductException PlatformMissing(Reference list, IEnumerable<Platform> missing) =>
        new("VIA5008", $"no child was given for {string.Join(", ", missing)}", list.ToString());

    public static ViaductException NoChildren(Reference list) =>
        new("VIA5009", "a list needs at least one child", list.ToString(), exit: ExitCode.Usage);

    public static ViaductException NoBase(string name, string why) =>
        new("VIA5010", $"the base image cannot be used: {why}", name);

    public static ViaductException NothingLeft(string what) =>
        new("VIA5011", what, todo: "Look at the platforms in viaduct.yaml and image.yaml.", exit: ExitCode.Usage);

    public static ViaductException NotBuilt(ChildId child) =>
        new("VIA5012", "it is not in the registry as its inputs are now", child.ToString(), "Build and push it first.");
}
