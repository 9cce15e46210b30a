using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// The list of referrers that clients keep under a tag of the subject where the registry keeps none (distribution-spec, "Referrers Tag Schema").
/// Anybody may write it at the same time: it is read, merged, written and read back, until what is to be in it is.
/// </summary>
internal sealed class ReferrersTag(Reference name, RegistryConnection connection, Manifests manifests)
{
    private const int MaxWrites = 6;

    /// <summary>The name of the list: the digest with <c>-</c> for <c>:</c>, of which no more than 64 digits.</summary>
    public static string Of(Digest subject) => $"{subject.Algorithm}-{(subject.Hex.Length > 64 ? subject.Hex[..64] : subject.Hex)}";

    /// <summary>
    /// What it lists; nothing when there is no such tag, or when somebody uses it for an image. Most images have none, and Artifactory says 403 of
    /// that: the list of tags decides, as for who pushes.
    /// </summary>
    public async Task<ReferrersPage> ReadAsync(Digest subject, CancellationToken cancellationToken)
    {
        var tag = Of(subject);
        var found = await manifests.FindForPushAsync(tag, cancellationToken).ConfigureAwait(false);
        return new ReferrersPage(found is { IsIndex: true } ? Read(tag, () => found.AsIndex(NameOf(tag)).Manifests) : [], IsFiltered: false, Next: null, NameOf(tag));
    }

    public Task AddAsync(Digest subject, RawManifest manifest, CancellationToken cancellationToken) =>
        ChangeAsync(subject, list => list.Add(manifest.Digest, ReferrersIndex.EntryOf(manifest)), [], cancellationToken);

    public Task RemoveAsync(Digest subject, Digest referrer, CancellationToken cancellationToken) =>
        ChangeAsync(subject, list => list.Remove(referrer), [referrer], cancellationToken);

    private async Task ChangeAsync(Digest subject, Action<ReferrerEntries> change, IReadOnlyList<Digest> gone, CancellationToken cancellationToken)
    {
        var tag = Of(subject);
        var own = connection.Referrers.ListOf(name, tag);
        using var held = await Held.EnterAsync(own.Gate, cancellationToken).ConfigureAwait(false);
        change(own);
        // Taken once: however long the registry takes to answer, what is to be in the list does not grow old meanwhile.
        var latest = own.Latest.ToList();
        string? refused = null;
        for (var writes = 0; ; writes++)
        {
            var (found, version) = await manifests.FindVersionForPushAsync(tag, cancellationToken).ConfigureAwait(false);
            if (found is { IsIndex: false }) throw RegistryErrors.ReferrersTaken(NameOf(tag));
            var merged = Read(tag, () => new ReferrersIndex(found).With(latest, gone));
            if (merged is null) return;
            if (writes == MaxWrites) throw RegistryErrors.ReferrersContested(NameOf(tag), writes);
            if (writes > 1) await connection.Retry.WaitAsync(RetryPolicy.Backoff(writes - 1), cancellationToken).ConfigureAwait(false);
            // A version that is refused and stays is one that the registry does not compare.
            var condition = version == refused ? null : version;
            refused = await manifests.PutVersionAsync(tag, merged, condition, cancellationToken).ConfigureAwait(false) ? null : condition;
        }
    }

    /// <summary>A list that cannot be read is not replaced: what others wrote into it might still be mended by hand.</summary>
    private T Read<T>(string tag, Func<T> list)
    {
        try
        {
            return list();
        }
        catch (ViaductException e) when (e.Code == "VIA1010")
        {
            throw RegistryErrors.ReferrersTaken(NameOf(tag), e);
        }
    }

    private string NameOf(string tag) => $"{name.Name}:{tag}";
}
