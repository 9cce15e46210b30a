using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

internal static partial class BuildErrors
{
    /// <param name="address">Without its query.</param>
    public static ViaductException NotFetched(Word word, string address, ViaductException why) =>
        new("VIA2151", $"'{Short(address)}' cannot be fetched: {why.Message}", word.Position.ToString(), "Look at the address, and whether it can be reached from here.", why.Exit, why);

    public static ViaductException OtherChecksum(Word word, string address, Digest expected, Digest found) =>
        new("VIA2152", $"'{Short(address)}' gave {found}, and --checksum says {expected}", word.Position.ToString(),
            "Find out why the file is another one; if it is the one that is meant, write its checksum.", ExitCode.VerificationFailed);
}
