using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Sessions;

/// <summary>The tags that have to do with a manifest that is to be deleted.</summary>
/// <param name="Own">Those that show it.</param>
/// <param name="Signatures">Those in which cosign keeps what it says about it (sigstore/cosign, specs/SIGNATURE_SPEC.md).</param>
/// <param name="Lists">Those that show a list which names it.</param>
/// <param name="IsWhole">False when there are more tags than were looked at.</param>
internal sealed record DeletionTags(IReadOnlyList<string> Own, IReadOnlyList<SignatureTag> Signatures, IReadOnlyList<string> Lists, bool IsWhole)
{
    /// <summary>Each costs a request.</summary>
    public const int MaxTags = 1000;

    private const int AtOnce = 8;

    private static readonly string[] Suffixes = ["sig", "att", "sbom"];

    public static async Task<DeletionTags> LookAsync(RepositoryClient repository, Digest digest, CancellationToken cancellationToken)
    {
        var all = await repository.TagsAsync(cancellationToken).Take(MaxTags + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var shown = new List<(string Tag, Descriptor Manifest)>();
        await Parallel.ForEachAsync(all.Take(MaxTags), options, async (tag, token) =>
        {
            if (await repository.HeadManifestAsync(tag, token).ConfigureAwait(false) is { } found)
                lock (shown) shown.Add((tag, found));
        }).ConfigureAwait(false);
        shown.Sort((a, b) => string.CompareOrdinal(a.Tag, b.Tag));

        var signing = Suffixes.Select(s => $"{digest.Algorithm}-{digest.Hex}.{s}").ToHashSet(StringComparer.Ordinal);
        var signatures = shown.Where(s => signing.Contains(s.Tag) && s.Manifest.Digest != digest).ToList();
        // A signature is nobody's child; a tag of its name may show what is.
        HashSet<Digest> wanted = [digest, .. signatures.Select(s => s.Manifest.Digest)];
        var named = new List<(string List, Digest Entry)>();
        await Parallel.ForEachAsync(shown.Where(s => MediaTypes.IsIndex(s.Manifest.MediaType) && s.Manifest.Digest != digest && !CopyNames.IsReferrers(s.Tag)), options, async (list, token) =>
        {
            if (await repository.FindManifestAsync(list.Manifest.Digest.ToString(), token).ConfigureAwait(false) is not { IsIndex: true } found) return;
            foreach (var entry in found.AsIndex().Manifests.Where(m => wanted.Contains(m.Digest)))
                lock (named) named.Add((list.Tag, entry.Digest));
        }).ConfigureAwait(false);

        var others = shown.Where(s => !signing.Contains(s.Tag)).Select(s => s.Manifest.Digest).Concat(named.Select(n => n.Entry)).ToHashSet();
        var isWhole = all.Count <= MaxTags;
        return new DeletionTags([.. shown.Where(s => s.Manifest.Digest == digest).Select(s => s.Tag)],
            [.. signatures.Select(s => new SignatureTag(s.Tag, s.Manifest.Digest, isWhole && !others.Contains(s.Manifest.Digest)))],
            [.. named.Where(n => n.Entry == digest).Select(n => n.List).Distinct().Order(StringComparer.Ordinal)], isWhole);
    }
}
