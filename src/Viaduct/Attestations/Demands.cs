using Viaduct.Simulation;

namespace Viaduct.Attestations;

/// <summary>
/// Holds what was found to what is demanded. With a key only that counts which the key stands for: a signature of the list or image, what is
/// signed itself, and what lies in a list whose signature is good, because the list's digest covers it. Whoever may push could attach the rest.
/// </summary>
internal static class Demands
{
    public static Review Hold(Review review, ReviewOptions options)
    {
        var isRootSigned = review.Root.Claims.Any(c => IsSignature(c, options));
        var entries = review.Entries.Select(e => e with { Findings = [.. e.Findings, .. Of(e, [ClaimKind.Provenance, ClaimKind.Sbom])] }).ToList();
        var root = review.Root with { Findings = [.. review.Root.Findings, .. SignatureOf(review, isRootSigned, options), .. review.Entries.Count == 0 ? Of(review.Root, [ClaimKind.Provenance, ClaimKind.Sbom]) : []] };
        return new Review(root, entries);

        IEnumerable<ReviewFinding> Of(ReviewedManifest image, ClaimKind[] kinds)
        {
            foreach (var kind in kinds)
            {
                // What is said of the list is said of its images.
                var found = image.Claims.Concat(review.Root.Claims).Where(c => c.Kind == kind).ToList();
                if (options.Required.Contains(kind))
                {
                    if (!found.Any(c => Counts(c, isRootSigned, options)))
                        yield return AttestationErrors.Lacks(kind, Verdict.Failure, found.Count == 0 ? "" : options.Key is null ? " that is in order" : " that is in order and that the key stands for");
                }
                else if (found.Count == 0 && review.Entries.Any(e => e.Claims.Any(c => c.Kind == kind)))
                    yield return AttestationErrors.Lacks(kind, Verdict.Warning, ", and of others of the list there is");
            }
        }
    }

    private static IEnumerable<ReviewFinding> SignatureOf(Review review, bool isRootSigned, ReviewOptions options)
    {
        if (isRootSigned || (options.Key is null && !options.Required.Contains(ClaimKind.Signature))) yield break;
        // Where single images were asked for, a signature of each will do.
        if (options.Platforms.Count > 0 && review.Entries.Count > 0 && review.Entries.All(e => e.Claims.Any(c => IsSignature(c, options)))) yield break;
        var count = review.Root.Claims.Count(c => c.Kind == ClaimKind.Signature);
        if (options.Key is null || count == 0) yield return AttestationErrors.Lacks(ClaimKind.Signature, Verdict.Failure, count == 0 ? "" : " that is in order");
        else yield return AttestationErrors.NotByKey($"{(count == 1 ? "the signature was not" : $"none of {count} signatures was")} made with the key over what stands there");
    }

    private static bool IsSignature(Claim claim, ReviewOptions options) =>
        claim is { Kind: ClaimKind.Signature, IsSound: true } && (options.Key is null || claim.Signature == SignatureState.Valid);

    private static bool Counts(Claim claim, bool isRootSigned, ReviewOptions options) =>
        claim.IsSound && (options.Key is null || claim.Signature == SignatureState.Valid || (claim.Place == ClaimPlace.List && isRootSigned));
}
