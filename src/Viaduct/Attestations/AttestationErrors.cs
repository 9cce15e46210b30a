using Viaduct.Oci;
using Viaduct.Simulation;
using Viaduct.Yaml;

namespace Viaduct.Attestations;

/// <summary>What can be wrong with attestations and signatures, found or made: VIA508x. What strangers wrote is shortened.</summary>
internal static class AttestationErrors
{
    public const string SignFailed = "VIA5086";
    public const string SignLeftNothing = "VIA5087";

    public static ReviewFinding Unreadable(string why) => new("VIA5080", Verdict.Failure, $"it cannot be read: {YamlErrors.Shown(why, 400)}");

    public static ReviewFinding NotRead(string why) => new("VIA5080", Verdict.Warning, $"it is not looked into: {YamlErrors.Shown(why, 400)}");

    public static ReviewFinding OtherSubject(string what, string said, Digest subject) =>
        new("VIA5081", Verdict.Failure, $"{what} is about {YamlErrors.Shown(said)} and not about {subject}");

    public static ReviewFinding Contradiction(string what, Verdict verdict = Verdict.Failure) => new("VIA5082", verdict, YamlErrors.Shown(what, 400));

    public static ReviewFinding NotByKey(string why) => new("VIA5083", Verdict.Failure, why);

    public static ReviewFinding Lacks(ClaimKind kind, Verdict verdict, string why) => new("VIA5084", verdict, $"there is no {kind.Word()}{why}");

    public static ReviewFinding NotPinned(IReadOnlyList<string> uris) => new("VIA5085", Verdict.Warning,
        $"{uris.Count} {(uris.Count == 1 ? "material has" : "materials have")} no digest: {string.Join(", ", uris.Take(3).Select(u => YamlErrors.Shown(u)))}{(uris.Count > 3 ? ", …" : "")}");

    public static ReviewFinding Cut(int limit) => new("VIA5089", Verdict.Warning, $"more than {limit} manifests are about it, and the others were not looked at");

    public static ViaductException NotSigned(string where, string line, string how, IReadOnlyList<string> unsigned, Exception? inner = null) =>
        new(SignFailed, $"'{YamlErrors.Shown(line, 100)}' {how}", where, $"All is pushed, and these are not signed: {string.Join(", ", unsigned)}. Run it again to sign them.", inner: inner);

    public static ViaductException NoSignature(string where, string line, string signed, IReadOnlyList<string> unsigned) =>
        new(SignLeftNothing, $"'{YamlErrors.Shown(line, 100)}' ended well, and {signed} has no signature that the registry shows", where,
            $"Let it write the signature beside the image, as cosign and notation do. Not signed: {string.Join(", ", unsigned)}.");

    public static ViaductException BadKey(string where, string why) =>
        new("VIA5088", $"is no public key that signatures are checked with: {why}", where, "Name a PEM file with an ECDSA or RSA public key, such as the cosign.pub of 'cosign generate-key-pair'.", ExitCode.Usage);
}
