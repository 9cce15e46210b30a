using Viaduct.Oci;

namespace Viaduct.Copying;

/// <summary>The failures of copies: VIA515x.</summary>
internal static class CopyErrors
{
    public static ViaductException Missing(Digest manifest, Digest list) =>
        new("VIA5150", $"{list} names {manifest}, which is not there", todo: "The source holds a part of the list; --platform copies one image of it.");

    public static ViaductException TagExists(string name, Digest now, Digest wanted) =>
        new("VIA5151", $"the tag exists and would move from {now.Short} to {wanted.Short}", name, "Nothing of it was copied. Choose another tag, or allow it with --move-tag.");

    public static ViaductException TooMuch(Digest root, string what) =>
        new("VIA5152", $"{root} leads to {what}, and no more are copied at once", todo: "Copy with --no-referrers, or one --platform.");

    public static ViaductException Gone(Digest root) =>
        new("VIA5154", $"{root} is no longer there", todo: "Somebody deleted it meanwhile; copy again what is there now.") { Kind = FailureKind.Absent };

    public static ViaductException NotShown(string name, Digest? shown, Digest wanted) =>
        new("VIA5153", $"the registry shows {(shown is { } other ? other.ToString() : "nothing")} under the tag, after {wanted} was put there", name,
            "Perhaps somebody else moved it meanwhile; copy it again.", ExitCode.VerificationFailed);
}
