using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Copying;

/// <summary>
/// Finds what has to be copied. The targets are asked for a manifest before the source is: what is there already is not read, and
/// pulls are what registries count (docker/docs, usage/pulls.md).
/// </summary>
internal sealed class CopyWalk(CopySource source, IReadOnlyList<CopyTarget> targets)
{
    /// <summary>Lists in lists: image-spec allows them, and no builder nests deeper than one.</summary>
    private const int MaxDepth = 4;

    /// <summary>Referrers of referrers: a signature of an SBOM of an image is two.</summary>
    private const int MaxRounds = 8;

    private const int MaxManifests = 10_000;
    private const long MaxBytes = 64 << 20;
    private const int AtOnce = 32;

    private static readonly IReadOnlySet<CopyTarget> Nobody = new HashSet<CopyTarget>();

    private readonly ConcurrentDictionary<Digest, Lazy<Task<CopyNode?>>> _nodes = [];
    private readonly SemaphoreSlim _reading = new(AtOnce);
    private int _count;
    private long _bytes;

    /// <param name="manifest">The root where it was read already; it has to be for who will set a tag.</param>
    /// <param name="known">Targets that are known to have the root, so that they need not be asked.</param>
    public async Task<CopyTree> WalkAsync(Descriptor root, RawManifest? manifest, IReadOnlySet<CopyTarget> known, bool withReferrers, CancellationToken cancellationToken)
    {
        var first = await VisitAsync(root, manifest, known, null, 0, 0, root.Digest, cancellationToken).ConfigureAwait(false) ?? throw CopyErrors.Gone(root.Digest);
        var signatures = new Dictionary<string, RawManifest>(StringComparer.Ordinal);
        if (withReferrers) await FollowAsync(root.Digest, signatures, cancellationToken).ConfigureAwait(false);
        return new CopyTree(first, [.. Finished()], [.. signatures.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value))]);
    }

    private IEnumerable<CopyNode> Finished() => _nodes.Values.Select(n => n.Value.Result).OfType<CopyNode>();

    /// <summary>In rounds, because what is about a manifest may name it as a child too, and would wait for itself.</summary>
    private async Task FollowAsync(Digest root, Dictionary<string, RawManifest> signatures, CancellationToken cancellationToken)
    {
        var tags = new SignatureTags(source);
        var asked = new HashSet<Digest>();
        for (var round = 1; Finished().Where(n => asked.Add(n.Descriptor.Digest)).ToList() is { Count: > 0 } fresh; round++)
        {
            // What is the last that is taken may have nothing that is about it.
            if (fresh.Any(n => n.Round > MaxRounds)) throw CopyErrors.TooMuch(root, $"referrers of referrers, {MaxRounds} deep");
            var found = await FailFast.AllAsync(fresh, (node, _) => FollowAsync(node, round, root, tags, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var (tag, manifest) in found.SelectMany(f => f)) signatures[tag] = manifest;
        }
    }

    private async Task<IReadOnlyList<(string, RawManifest)>> FollowAsync(CopyNode node, int round, Digest root, SignatureTags tags, CancellationToken cancellationToken)
    {
        var referrers = new List<Descriptor>();
        await GatedAsync(async () =>
        {
            await foreach (var referrer in source.Referrers.ReferrersAsync(node.Descriptor.Digest, null, cancellationToken).ConfigureAwait(false))
                referrers.Add(referrer);
            return true;
        }, cancellationToken).ConfigureAwait(false);
        // What the list of referrers names and the source no longer has, is about nothing any more.
        foreach (var found in await FailFast.AllAsync(
            referrers, (r, _) => VisitAsync(r, null, Nobody, node.Descriptor.Digest, 0, round, root, cancellationToken), cancellationToken).ConfigureAwait(false))
            if (found is not null) found.Refers = true;

        var signed = await GatedAsync(() => tags.OfAsync(node.Descriptor.Digest, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var (_, manifest) in signed)
            await VisitAsync(manifest.Descriptor, manifest, Nobody, null, 0, round, root, cancellationToken).ConfigureAwait(false);
        return signed;
    }

    /// <param name="about">What it was found by, where nothing else may name it.</param>
    /// <param name="cancellationToken">Always that of the whole walk: who else waits for the same manifest must not end with whom it was first read for.</param>
    private Task<CopyNode?> VisitAsync(
        Descriptor wanted, RawManifest? manifest, IReadOnlySet<CopyTarget> known, Digest? about, int depth, int round, Digest root, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth) throw CopyErrors.TooMuch(root, $"lists in lists, more than {MaxDepth} deep");
        return _nodes.GetOrAdd(wanted.Digest, _ => new(() => ReadAsync(wanted, manifest, known, about, depth, round, root, cancellationToken))).Value;
    }

    /// <returns>null when the source does not have it.</returns>
    private async Task<CopyNode?> ReadAsync(
        Descriptor wanted, RawManifest? manifest, IReadOnlySet<CopyTarget> known, Digest? about, int depth, int round, Digest root, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _count) > MaxManifests) throw CopyErrors.TooMuch(root, $"more than {MaxManifests} manifests");
        var missing = new HashSet<CopyTarget>();
        foreach (var (target, isThere) in await FailFast.AllAsync(targets.Where(t => !known.Contains(t)),
            // The walk's own token: what a target finds out for one manifest it keeps for others.
            async (t, _) => (t, await GatedAsync(() => t.HasAsync(wanted, about, cancellationToken), cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false))
            if (!isThere) missing.Add(target);

        // A list is read all the same: its images may have become absent, and each may be signed.
        if (manifest is null && missing.Count == 0 && MediaTypes.IsImageManifest(wanted.MediaType))
            return new CopyNode(wanted, null, new ManifestContents([], [], []), 0, round, missing);
        manifest ??= await GatedAsync(() => source.Content.FindManifestAsync(wanted.Digest.ToString(), cancellationToken), cancellationToken).ConfigureAwait(false);
        if (manifest is null) return null;
        // What names no type itself has that of its descriptor; a source without headers cannot tell it.
        if (manifest.MediaType.Length == 0 && wanted.MediaType.Length > 0) manifest = RawManifest.Parse(manifest.Bytes, wanted.MediaType, wanted.Digest.ToString(), wanted.Digest);
        if (Interlocked.Add(ref _bytes, manifest.Bytes.Length) > MaxBytes) throw CopyErrors.TooMuch(root, $"manifests of more than {MaxBytes >> 20} MiB");

        var contents = await ManifestContents.Of(manifest).HeldAsync(source.Content, cancellationToken).ConfigureAwait(false);
        var children = await FailFast.AllAsync(contents.Entries,
            async (entry, _) => await VisitAsync(entry, null, Nobody, null, depth + 1, round, root, cancellationToken).ConfigureAwait(false)
                ?? throw CopyErrors.Missing(entry.Digest, wanted.Digest), cancellationToken).ConfigureAwait(false);
        return new CopyNode(wanted, manifest, contents, children.Select(c => c.Level + 1).DefaultIfEmpty(0).Max(), round, missing);
    }

    private async Task<T> GatedAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await read().ConfigureAwait(false);
        }
        finally
        {
            _reading.Release();
        }
    }
}
