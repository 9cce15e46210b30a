using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Attestations;

/// <summary>
/// Gathers what is claimed of a list or image: in the list itself, by what names it as its subject, and in cosign's tags; of a list also of
/// each of its images. Then it is held to what is demanded.
/// </summary>
public sealed class Reviewer(CopySource source, ReviewOptions options)
{
    /// <summary>Manifests that are about one image, that are looked at.</summary>
    private const int MostAbout = 200;

    private readonly ClaimReader _claims = new(source.Content, options.Key, options.Keep);
    private readonly SignatureTags _tags = new(source);

    /// <exception cref="ViaductException">The registry denies it or cannot be reached; VIA1010 when <paramref name="manifest"/> is no list that can be read.</exception>
    public async Task<Review> ReviewAsync(RawManifest manifest, CancellationToken cancellationToken)
    {
        var all = manifest.IsIndex ? manifest.AsIndex().Manifests : [];
        var images = all.Where(e => !AttestationEntry.Is(e)).DistinctBy(e => e.Digest).ToList();
        var chosen = options.Platforms.Count == 0 ? images : [.. images.Where(e => e.Platform is { } p && options.Platforms.Any(p.Same))];
        var reviewed = await Task.WhenAll(chosen.Prepend(manifest.Descriptor).Select(d => OneAsync(d, all, cancellationToken))).ConfigureAwait(false);
        var astray = all.Where(AttestationEntry.Is).Where(a => !images.Any(i => AttestationEntry.IsOf(a, i.Digest)))
            .Select(a => AttestationErrors.Contradiction($"the attestation {a.Digest} of the list is about none of its images: {AttestationEntry.ImageOf(a) ?? "it names none"}"));
        return Demands.Hold(new Review(reviewed[0] with { Platform = null, Findings = [.. reviewed[0].Findings, .. astray] }, reviewed[1..]), options);
    }

    /// <summary>Whether somebody signed it already, however and with whatever key.</summary>
    public async Task<bool> IsSignedAsync(Descriptor manifest, CancellationToken cancellationToken) =>
        (await OneAsync(manifest, [], cancellationToken).ConfigureAwait(false)).Claims.Any(c => c.Kind == ClaimKind.Signature && c.IsSound);

    private async Task<ReviewedManifest> OneAsync(Descriptor image, IReadOnlyList<Descriptor> entries, CancellationToken cancellationToken)
    {
        var (claims, findings, seen) = (new List<Claim>(), new List<ReviewFinding>(), new HashSet<Digest>());
        Task<RawManifest?> Find(Descriptor d) => source.Content.FindManifestAsync(d.Digest.ToString(), cancellationToken);

        foreach (var entry in entries.Where(AttestationEntry.Is).Where(e => AttestationEntry.IsOf(e, image.Digest) && seen.Add(e.Digest)))
        {
            if (entry.Platform is not { Os: "unknown", Architecture: "unknown" })
                findings.Add(AttestationErrors.Contradiction($"the attestation {entry.Digest} is for {entry.Platform?.ToString() ?? "no platform"} in the list, so that a runtime may take it for an image", Verdict.Warning));
            claims.AddRange(await _claims.ReadAsync(image.Digest, entry, ClaimPlace.List, () => Find(entry), cancellationToken).ConfigureAwait(false));
        }
        var about = await source.Referrers.ReferrersAsync(image.Digest, null, cancellationToken).Take(MostAbout + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (about.Count > MostAbout) findings.Add(AttestationErrors.Cut(MostAbout));
        foreach (var referrer in about.Take(MostAbout).Where(r => seen.Add(r.Digest)))
            claims.AddRange(await _claims.ReadAsync(image.Digest, referrer, ClaimPlace.Referrer, () => Find(referrer), cancellationToken).ConfigureAwait(false));
        foreach (var (_, manifest) in await _tags.OfAsync(image.Digest, cancellationToken).ConfigureAwait(false))
            if (seen.Add(manifest.Digest))
                claims.AddRange(await _claims.ReadAsync(image.Digest, manifest.Descriptor, ClaimPlace.Tag, () => Task.FromResult<RawManifest?>(manifest), cancellationToken).ConfigureAwait(false));
        return new ReviewedManifest(image, image.Platform, [.. claims.OrderBy(c => c.Kind)]) { Findings = findings };
    }
}
