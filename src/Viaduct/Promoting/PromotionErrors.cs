using Viaduct.Oci;

namespace Viaduct.Promoting;

/// <summary>The failures of promotions: VIA506x.</summary>
internal static class PromotionErrors
{
    public static ViaductException OtherRegistry(string where, string record, string staging) =>
        new("VIA5060", $"it is the record of {record}, not of {staging}", where, "Name as SOURCE the registry and path to which that job pushed.", ExitCode.Usage);

    public static ViaductException NoList(string where, string image, string why) =>
        new("VIA5061", $"it has no list of {image}: {why}", where, "Give the record of a job that has pushed the lists: of 'viaduct push', or of 'viaduct assemble' after the machines that built.", ExitCode.Usage);

    public static ViaductException Absent(Reference name) =>
        new("VIA5062", "there is no such image", name.ToString(), "Look at the name and the tag in staging.") { Kind = FailureKind.Absent };

    public static ViaductException Refused(IEnumerable<Reference> lists) =>
        new("VIA5063", $"nodes could not run {string.Join(", ", lists)}", todo: "Nothing was changed. Mend what was found, or say with --nodes which nodes production has.", exit: ExitCode.VerificationFailed);

    public static ViaductException Unproven(IEnumerable<Reference> lists) =>
        new("VIA5064", $"it was promoted, and read back it is not as it was in staging: {string.Join(", ", lists)}", todo: "Somebody may have changed production meanwhile; promote again.", exit: ExitCode.VerificationFailed);
}
