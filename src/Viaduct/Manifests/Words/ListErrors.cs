using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>The failures of names, create, annotate and inspect: VIA510x and VIA511x. docker's words are those of 28.5.2.</summary>
internal static class ListErrors
{
    public static ManifestException BadName(string words, string? why) => new("VIA5100", words, why);

    public static ManifestException Exists(Reference list, string how) =>
        new("VIA5101", "refusing to amend an existing manifest list with no --amend flag", $"the list is there {how}", $"--amend adds to it, --replace begins anew, 'viaduct manifest rm {list}' removes it.");

    public static ViaductException BadConfig(Reference image, string why) =>
        new("VIA5102", $"its config tells no platform: {why}", image.ToString());

    public static ManifestException NotFlat(Reference name, string why, string? todo = null) => new("VIA5103", $"{name} is a manifest list", why, todo);

    public static ViaductException NoNameLeft(Reference image) =>
        new("VIA5103", "one image is taken for more platforms than it can have names in docker's store", image.ToString(), "--platform takes some of them.");

    public static ViaductException NothingFound(Reference list) =>
        new("VIA5104", "none of its images is there", list.ToString(), "A list needs one at least; nothing was written.");

    public static ManifestException NoImage(Reference name, RawManifest found) =>
        new("VIA5105", $"{name} is not a manifest", $"its media type is '{found.MediaType}'");

    /// <summary>The same failure with the names of those that failed beside it.</summary>
    public static ViaductException And(ViaductException first, IReadOnlyCollection<string> others) => first switch
    {
        _ when others.Count == 0 => first,
        ManifestException m => new ManifestException(m.Code, m.Words, $"{(m.Message == m.Words ? "" : m.Message + "; ")}could not be read either: {string.Join(", ", others)}", m.Todo, m),
        _ => first.And(others),
    };

    public static ManifestException NotInList(string image, string list, string why, string? todo = null) =>
        new("VIA5110", $"manifest for image {image} does not exist in {list}", why, todo);

    /// <summary>docker prints what was typed and not what came out: nothing where a flag was not given.</summary>
    public static ManifestException BadPlatform(string os, string architecture, string? nearest) =>
        new("VIA5111", $"manifest entry for image has unsupported os/arch combination: {os}/{architecture}", nearest is null ? null : $"the nearest that is known is {nearest}");

    public static ViaductException BadClear(string word, IReadOnlyCollection<string> known) =>
        new("VIA5112", $"'{word}' is nothing that --clear could empty", todo:
            Nearest.To(word, known) is { } near ? $"Did you mean '{near}'?" : $"It knows {string.Join(", ", known)}.", exit: ExitCode.Usage);

    public static ManifestException NoList(Reference list) =>
        new("VIA5113", $"No such manifest: {list}", "there is no local list of this name", "'viaduct manifest ls' shows those that there are.");

    public static ManifestException NotStored(EntryName image, string why, string? todo = null) => new("VIA5115", $"No such manifest: {image}", why, todo);

    public static ManifestException Nested(Reference entry) =>
        new("VIA5116", "unsupported manifest type: *manifestlist.DeserializedManifestList", $"{entry} is a list in a list, for which docker's form has no place", "Leave --verbose away, or name the inner list by its digest.");

    public static ViaductException NotOne(Reference name, int images) =>
        new("VIA5117", $"{(images == 0 ? "no image" : $"{images} images")} of it {(images == 1 ? "is" : "are")} for the platform, and --raw prints one", name.ToString());

    public static ManifestException ChildMissing(Reference name, Digest child) =>
        new("VIA5118", $"no such manifest: {name}", $"the list is there and names {child}, which the registry does not have", "Without --verbose the list itself is shown.");
}
