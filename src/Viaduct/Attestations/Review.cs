using Viaduct.Simulation;

namespace Viaduct.Attestations;

/// <summary>What is claimed of a list and its images, and what was found wrong with it.</summary>
/// <param name="Root">What was named.</param>
/// <param name="Entries">The images of a list, or those of the platforms that were asked for; none for an image.</param>
public sealed record Review(ReviewedManifest Root, IReadOnlyList<ReviewedManifest> Entries)
{
    public IEnumerable<ReviewedManifest> All => Entries.Prepend(Root);

    public IEnumerable<ReviewFinding> Findings => All.SelectMany(m => m.Findings.Concat(m.Claims.SelectMany(c => c.Findings)));

    /// <summary>A failure where something contradicts itself, is unreadable or lacks.</summary>
    public Verdict Verdict => Verdicts.Worst(Findings.Select(f => f.Verdict));
}
