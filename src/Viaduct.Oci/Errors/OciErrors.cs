namespace Viaduct.Oci;

/// <summary>The failures of values and formats: VIA1xxx.</summary>
internal static class OciErrors
{
    public static ViaductException BadDigest(string text) =>
        new("VIA1001", $"'{Shorten(text)}' is not a digest", todo: "A digest is sha256: and 64 lower-case hexadecimal digits.", exit: ExitCode.Usage);

    public static ViaductException BadReference(string text, string why) =>
        new("VIA1002", $"'{Shorten(text)}' is not an image reference: {why}", todo: "Write [registry[:port]/]name[:tag][@digest], for example registry.example/pause:3.10.", exit: ExitCode.Usage);

    public static ViaductException BadPlatform(string text, string why) =>
        new("VIA1003", $"'{Shorten(text)}' is not a platform: {why}", todo: "Write os/architecture[/variant], for example linux/arm/v7.", exit: ExitCode.Usage);

    public static ViaductException BadManifest(string why, string? where = null) =>
        new("VIA1010", $"the manifest cannot be used: {why}", where);

    public static ViaductException BadConfig(string why, string? where = null) =>
        new("VIA1011", $"the image config cannot be used: {why}", where);

    public static ViaductException ContentMismatch(Digest expected, string found) =>
        new("VIA1012", $"content of {expected} is not what its descriptor says: {found}", exit: ExitCode.VerificationFailed) { Kind = FailureKind.Mismatch };

    /// <summary>Words of strangers in a message: not too long, and nothing in them that a terminal would obey.</summary>
    internal static string Shorten(string text) =>
        string.Concat((text.Length <= 120 ? text : text[..117] + "…").Select(c => char.IsControl(c) ? '?' : c));
}
