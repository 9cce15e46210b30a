using System.Runtime.CompilerServices;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>The manifests about another one: as the registry lists them, or in the list under a tag that clients keep where it does not.</summary>
internal sealed class Referrers(Reference name, RegistryConnection connection, Manifests manifests)
{
    private const int MaxPages = 1000;
    private const int MaxEntries = 50_000;

    private readonly ReferrersApi _api = new(name, connection);
    private readonly ReferrersTag _tag = new(name, connection, manifests);

    public async IAsyncEnumerable<Descriptor> ReadAsync(Digest subject, string? artifactType, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = await _api.FirstAsync(subject, artifactType, cancellationToken).ConfigureAwait(false)
            ?? await _tag.ReadAsync(subject, cancellationToken).ConfigureAwait(false);
        var seen = new HashSet<Digest>();
        for (var count = 1; ; count++)
        {
            var before = seen.Count;
            foreach (var entry in page.Entries)
            {
                if (!seen.Add(entry.Digest)) continue;
                if (seen.Count > MaxEntries) throw RegistryErrors.Pages(page.Where, $"there are more than {MaxEntries} referrers", "referrers");
                if (await FitAsync(entry, artifactType, page.IsFiltered, cancellationToken).ConfigureAwait(false) is { } fit) yield return fit;
            }
            if (page.Next is not { } next) yield break;
            // Who filters after having cut the list into pages may have an empty one.
            if (seen.Count == before && !page.IsFiltered) throw RegistryErrors.Pages(page.Where, "a page brought nothing new and names another", "referrers");
            if (count == MaxPages) throw RegistryErrors.Pages(page.Where, $"there are more than {MaxPages} pages", "referrers");
            page = await _api.NextAsync(next, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// After a manifest was pushed: it is listed by the registry, which says so (<c>OCI-Subject</c>) or has the API; else it is put into the list under
    /// the subject's tag (distribution-spec, "Pushing Manifests with Subject").
    /// </summary>
    public async Task AddAsync(RawManifest manifest, bool isListed, CancellationToken cancellationToken)
    {
        if (isListed) connection.Referrers.HasApi = true;
        if (isListed || SubjectOf(manifest) is not { } subject || await IsKeptAsync(subject, cancellationToken).ConfigureAwait(false)) return;
        await _tag.AddAsync(subject, manifest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>After a manifest was deleted ("Deleting Manifests").</summary>
    public async Task RemoveAsync(RawManifest manifest, CancellationToken cancellationToken)
    {
        if (SubjectOf(manifest) is not { } subject || await IsKeptAsync(subject, cancellationToken).ConfigureAwait(false)) return;
        await _tag.RemoveAsync(subject, manifest.Digest, cancellationToken).ConfigureAwait(false);
    }

    public static Digest? SubjectOf(RawManifest manifest) =>
        manifest.Bytes.Span.IndexOf("\"subject\""u8) < 0 ? null : ManifestFacts.Read(manifest).Subject;

    private async ValueTask<bool> IsKeptAsync(Digest subject, CancellationToken cancellationToken) =>
        connection.Referrers.HasApi ?? await _api.FirstAsync(subject, null, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>The entry when it has the wanted type. Lists that other clients keep may leave the type out (cosign#4641): then the manifest says it.</summary>
    private async ValueTask<Descriptor?> FitAsync(Descriptor entry, string? artifactType, bool isFiltered, CancellationToken cancellationToken)
    {
        if (artifactType is null || entry.ArtifactType == artifactType) return entry;
        if (!string.IsNullOrEmpty(entry.ArtifactType)) return null;
        if (isFiltered) return entry with { ArtifactType = artifactType };
        var manifest = await manifests.FindAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false);
        return manifest is not null && ManifestFacts.Read(manifest).ArtifactType == artifactType ? entry with { ArtifactType = artifactType } : null;
    }
}
