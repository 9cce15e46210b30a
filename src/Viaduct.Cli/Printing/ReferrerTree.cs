using Viaduct.Oci;

namespace Viaduct.Cli.Printing;

/// <summary>A manifest and what is about it, and what is about that.</summary>
internal sealed record ReferrerTree(Descriptor Descriptor, IReadOnlyList<ReferrerTree> Referrers)
{
    /// <summary>The manifest and, where it is a list, its images that something is about.</summary>
    /// <param name="artifactType">What is directly about them is of this type; null for all.</param>
    public static async Task<(ReferrerTree Root, IReadOnlyList<ReferrerTree> Entries, bool IsCut)> ReadAsync(
        IReferrerSource source, RawManifest manifest, string? artifactType, CancellationToken cancellationToken)
    {
        var walk = new ReferrerWalk(source);
        var root = await walk.ReadAsync(manifest.Descriptor, artifactType, cancellationToken).ConfigureAwait(false);
        var entries = new List<ReferrerTree>();
        if (manifest.IsIndex)
            foreach (var entry in manifest.AsIndex().Manifests.DistinctBy(e => e.Digest))
                entries.Add(await walk.ReadAsync(entry, artifactType, cancellationToken).ConfigureAwait(false));
        return (root, [.. entries.Where(e => e.Referrers.Count > 0)], walk.IsCut);
    }

    /// <summary>Itself and all below it.</summary>
    public IEnumerable<ReferrerTree> All() => Referrers.SelectMany(r => r.All()).Prepend(this);
}
