using Viaduct.Oci;

namespace Viaduct.Cli.Printing;

/// <summary>Reads what is about manifests, and about that, within bounds.</summary>
/// <param name="isTaken">Whether an entry, listed as being about a manifest, is believed; null for all.</param>
internal sealed class ReferrerWalk(IReferrerSource source, Func<Descriptor, Digest, CancellationToken, Task<bool>>? isTaken = null)
{
    /// <summary>A signature of an SBOM of an image is two deep.</summary>
    private const int MaxDepth = 8;

    private const int MaxCount = 10_000;

    private readonly HashSet<Digest> _seen = [];

    /// <summary>What is said where <see cref="IsCut"/>.</summary>
    public static string Bounds => $"it ends at {MaxCount} manifests, and {MaxDepth} deep; there may be more";

    /// <summary>True when there may be more than was read.</summary>
    public bool IsCut { get; private set; }

    /// <param name="artifactType">What is directly about it is of this type; null for all.</param>
    public Task<ReferrerTree> ReadAsync(Descriptor subject, string? artifactType, CancellationToken cancellationToken) => ReadAsync(subject, artifactType, 0, cancellationToken);

    private async Task<ReferrerTree> ReadAsync(Descriptor subject, string? artifactType, int depth, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth || _seen.Count > MaxCount)
        {
            IsCut = true;
            return new ReferrerTree(subject, []);
        }
        // What is about itself, in whatever circle, is shown once.
        if (!_seen.Add(subject.Digest)) return new ReferrerTree(subject, []);
        var found = await source.ReferrersAsync(subject.Digest, artifactType, cancellationToken).Take(MaxCount + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (found.Count > MaxCount) IsCut = true;
        var below = new List<ReferrerTree>();
        foreach (var referrer in found.Take(MaxCount).OrderBy(r => r.ArtifactType, StringComparer.Ordinal).ThenBy(r => r.Digest.ToString(), StringComparer.Ordinal))
            if (isTaken is null || await isTaken(referrer, subject.Digest, cancellationToken).ConfigureAwait(false))
                below.Add(await ReadAsync(referrer, null, depth + 1, cancellationToken).ConfigureAwait(false));
        return new ReferrerTree(subject, below);
    }
}
