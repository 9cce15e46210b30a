namespace Viaduct.Oci.Layouts;

/// <summary>The failures of images in files: VIA103x.</summary>
internal static class LayoutErrors
{
    public static ViaductException BadLayout(string why, string where) =>
        new("VIA1030", $"the OCI layout cannot be used: {why}", where, "Name a folder that holds oci-layout, index.json and blobs/.");

    public static ViaductException BadArchive(string why, string? where = null) =>
        new("VIA1031", $"the image archive cannot be used: {why}", where, "Write it again with 'docker save' or 'skopeo copy'.");

    public static ViaductException Missing(Digest digest, string? where) =>
        new("VIA1032", $"{digest} is named and not there", where, "The image was copied in part; copy it again with all its platforms.") { Kind = FailureKind.Absent };

    /// <summary>The same failure, of a manifest that nobody asked for by name.</summary>
    public static ViaductException Damaged(ViaductException found, string? where) =>
        new(found.Code, found.Message, where, "It may be about what is read. Put it there again, or copy with --no-referrers.", found.Exit, found) { Kind = found.Kind };

    public static ViaductException TooManyEntries(string where) =>
        new("VIA1035", $"index.json would have more than the {RawManifest.MaxSize} bytes that are read", where, "Nothing was entered. Use another folder, or remove names that are no longer needed.");

    public static ViaductException NotOneImage(string where) =>
        new("VIA1033", "a docker archive holds one platform of an image, and this is a list", where, "Choose a platform, or write an OCI archive.");

    public static ViaductException Ambiguous(string name, string? where) =>
        new("VIA1034", $"several images of the archive have the tag '{name}'", where, "Give the whole name.", ExitCode.Usage);
}
