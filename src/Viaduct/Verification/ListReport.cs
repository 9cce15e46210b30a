using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>What was found when a list or image was read back and pulled for every platform.</summary>
/// <param name="Image">The image of the set, or the repository.</param>
/// <param name="List">The name that was looked at.</param>
/// <param name="Digest">What the name points at; null when it could not be read.</param>
public sealed record ListReport(string Image, Reference List, Digest? Digest)
{
    /// <summary>True when there is nothing of that name.</summary>
    public bool IsMissing { get; init; }

    /// <summary>What is wrong for certain, whatever the node; the sentences leave out the list's name.</summary>
    public IReadOnlyList<Finding> Problems { get; init; } = [];

    /// <summary>What no node was tried for, and why.</summary>
    public IReadOnlyList<string> Untried { get; init; } = [];

    /// <summary>What no single node shows: those problems that no pull repeats, and what the nodes show together.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>In the order of the nodes.</summary>
    public IReadOnlyList<SimulatedPull> Pulls { get; init; } = [];

    /// <summary>True when something is wrong for certain; what is not known is no failure.</summary>
    public bool HasFailed => Problems.Count > 0 || Findings.Any(f => f.Verdict == Verdict.Failure) || Pulls.Any(p => p.Verdict == Verdict.Failure);

    public static ExitCode ExitOf(IEnumerable<ListReport> reports) => reports.Any(r => r.HasFailed) ? ExitCode.VerificationFailed : ExitCode.Done;
}
