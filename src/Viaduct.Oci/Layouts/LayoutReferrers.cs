using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Viaduct.Oci.Layouts;

/// <summary>
/// The manifests of a layout, or of an archive of one, that are about another one. image-spec has no place for them: oras gives them entries without a name in
/// index.json, and copies of registries without a list of referrers have an index under a name made of the subject's digest (distribution-spec,
/// "Referrers Tag Schema").
/// </summary>
/// <param name="entries">Those of index.json, each with its name where it has one.</param>
/// <param name="where">The folder, or what the archive is called.</param>
internal sealed class LayoutReferrers(
    IContentSource source, Func<CancellationToken, Task<IReadOnlyList<(string? Name, Digest Digest)>>> entries, string? where) : IReferrerSource
{
    /// <summary>What a digest names stays as it is: read once.</summary>
    private readonly ConcurrentDictionary<Digest, (Digest? Subject, Descriptor Entry)?> _read = new();

    public async IAsyncEnumerable<Descriptor> ReferrersAsync(Digest subject, string? artifactType, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<Digest>();
        foreach (var digest in await CandidatesAsync(subject, cancellationToken).ConfigureAwait(false))
            if (seen.Add(digest) && await LookAsync(digest, cancellationToken).ConfigureAwait(false) is { } found && found.Subject == subject
                && (artifactType is null || found.Entry.ArtifactType == artifactType))
                yield return found.Entry;
    }

    private async Task<IEnumerable<Digest>> CandidatesAsync(Digest subject, CancellationToken cancellationToken)
    {
        var all = await entries(cancellationToken).ConfigureAwait(false);
        var tag = $"{subject.Algorithm}-{(subject.Hex.Length > 64 ? subject.Hex[..64] : subject.Hex)}";
        // Archives have whole names.
        var listed = all.Where(e => e.Name is { } name && (name == tag || name.EndsWith(":" + tag, StringComparison.Ordinal))).Select(e => (Digest?)e.Digest).FirstOrDefault();
        var list = listed is { } digest ? await FindAsync(digest, cancellationToken).ConfigureAwait(false) : null;
        return [.. list is { IsIndex: true } ? list.AsIndex(where).Manifests.Select(m => m.Digest) : [], .. all.Select(e => e.Digest)];
    }

    /// <returns>Null when it is not there, or no manifest.</returns>
    private async ValueTask<(Digest? Subject, Descriptor Entry)?> LookAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(digest, out var known)) return known;
        try
        {
            // It may come later.
            if (await FindAsync(digest, cancellationToken).ConfigureAwait(false) is not { } manifest) return null;
            var facts = ManifestFacts.Read(manifest);
            return _read[digest] = (facts.Subject, manifest.Descriptor with { ArtifactType = facts.ArtifactType, Annotations = facts.AnnotationMap() });
        }
        // Whatever it is, it is about nothing: no manifest, or one with a subject or annotations that are none.
        catch (ViaductException e) when (e.Code is "VIA1001" or "VIA1010")
        {
            return _read[digest] = null;
        }
    }

    private async Task<RawManifest?> FindAsync(Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            return await source.FindManifestAsync(digest.ToString(), cancellationToken).ConfigureAwait(false);
        }
        // Perhaps it was a signature: taken for none, it would be lost without a word.
        catch (ViaductException e) when (e.Code == "VIA1012")
        {
            throw LayoutErrors.Damaged(e, where);
        }
    }
}
