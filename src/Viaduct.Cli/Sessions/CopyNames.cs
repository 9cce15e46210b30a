using Viaduct.Oci;

namespace Viaduct.Cli.Sessions;

/// <summary>What a copy is to be called at its targets.</summary>
internal static class CopyNames
{
    /// <param name="given">The words of --tag; they are beside the target's own.</param>
    /// <param name="name">What the source was found by: a tag, a name of a layout, or a digest.</param>
    public static IReadOnlyList<string> Of(ImagePlace target, IReadOnlyList<string> given, string name)
    {
        var own = target.Reference is { } reference ? reference.Tag : target.Name;
        if (own is not null || given.Count > 0) return [.. given.Prepend(own).OfType<string>().Distinct()];
        // A digest at the end of TARGET says that nothing but the digest is meant.
        if (target.Reference is { Digest: not null }) return [];
        return TagIn(name) is { } tag ? [tag] : target.Kind == ImagePlaceKind.Registry ? [] : ["latest"];
    }

    /// <summary>Names of layouts may be whole references: <c>pause-amd64:3.10</c>.</summary>
    public static string? TagIn(string name) => Digest.TryParse(name, out _) ? null
        : ReferenceGrammar.IsTag(name) ? name
        : Reference.TryParse(name, out var reference) ? reference.Tag : null;

    /// <summary>A tag in which cosign keeps what is about a manifest (sigstore/cosign, specs/SIGNATURE_SPEC.md): <c>sha256-HEX.sig</c>.</summary>
    public static bool IsSignature(string tag) => tag.LastIndexOf('.') is > 0 and var dot && tag[(dot + 1)..] is "sig" or "att" or "sbom" && IsReferrers(tag[..tag.LastIndexOf('.')]);

    /// <summary>A tag that lists the referrers of a manifest (distribution-spec, "Referrers Tag Schema"): <c>sha256-HEX</c>.</summary>
    public static bool IsReferrers(string tag) => tag.IndexOf('-') is > 0 and var dash && Digest.TryParse($"{tag[..dash]}:{tag[(dash + 1)..]}", out _);
}
