using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>What is wrong with how a rehearsal was asked for: VIA4005 to VIA4007.</summary>
internal static class RehearsalErrors
{
    public static ViaductException Unknown(string name, IEnumerable<string> known) =>
        new("VIA4005", $"the embedded registry cannot behave as '{name}'", todo: $"It plays {string.Join(", ", known)}.", exit: ExitCode.Usage);

    public static ViaductException Setting(string text, string why, IReadOnlyList<Setting> known) =>
        new("VIA4006", $"'{text}' sets nothing: {why}",
            todo: known.Count == 0 ? "This registry has nothing to set." : $"It has {string.Join(", ", known.Select(s => $"{s.Name}={s.Default} ({s.Help})"))}.", exit: ExitCode.Usage);

    /// <summary>What was written is not repeated: half of it is a password.</summary>
    public static ViaductException Account(string why) =>
        new("VIA4007", $"this is no test account: {why}", todo: "Write NAME:PASSWORD; the name ends at the first colon.", exit: ExitCode.Usage);
}
