using Viaduct.Oci;

namespace Viaduct.Cli.Errors;

/// <summary>The failures of the options of <c>verify</c>: VIA909x.</summary>
internal static class VerifyErrors
{
    public static ViaductException NoKey(string file, string why) =>
        new("VIA9090", $"--key cannot be read: {why}", file, "Name a PEM file with a public key, such as cosign.pub.", ExitCode.Usage);

    public static ViaductException Nothing(string name, string kind) =>
        new("VIA9091", $"it has no {kind} that is in order", name, "'viaduct verify' without --show says what there is.");

    public static ViaductException Several(string name, string kind, IReadOnlyList<string> of) =>
        new("VIA9092", of.Count == 1 ? $"there are several of the kind {kind}" : $"there are {kind}s of several images: {string.Join(", ", of.Take(10))}{(of.Count > 10 ? ", …" : "")}", name,
            of.Count == 1 ? "'viaduct verify --output json' names the blob of each." : "Choose one with --platform.", ExitCode.Usage);
}
