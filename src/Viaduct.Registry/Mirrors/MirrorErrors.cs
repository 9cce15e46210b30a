using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>The failures of mirrors as they are written down: VIA3064 and VIA3065. What a mirror does wrong is no failure: the next one is asked.</summary>
internal static class MirrorErrors
{
    /// <param name="where">Without name and password: <see cref="MirrorWords"/>.</param>
    public static ViaductException Address(string where, string why) =>
        new("VIA3064", $"the mirror cannot be used: {why}", where, "Write it as https://mirror.example or https://mirror.example/path.", ExitCode.Usage);

    public static ViaductException File(string file, string why, string? todo = null) =>
        new("VIA3065", $"the mirrors cannot be read: {MirrorWords.WithoutUser(why)}", file, todo ?? "Mend the file; containerd's documentation of hosts.toml says what can stand there.");

    /// <summary>The bytes were handed out before their end showed that they are others: nothing can be read again in their place.</summary>
    public static ViaductException Blame(ViaductException failure, IEnumerable<string> hosts, string registry) =>
        new(failure.Code, $"{failure.Message}; it came from {string.Join(" and ", hosts)}", failure.Where,
            $"Leave that mirror of {registry} out, and tell whoever runs it.", failure.Exit, failure) { Kind = failure.Kind };

    public static ViaductException Short(Descriptor blob, long read) =>
        new("VIA1012", $"content of {blob.Digest} is not what its descriptor says: only {read} of {blob.Size} bytes came", exit: ExitCode.VerificationFailed) { Kind = FailureKind.Mismatch };
}
