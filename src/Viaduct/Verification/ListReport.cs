using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>What was found when a list was read back and pulled for every platform.</summary>
public sealed record ListReport(string Image, Reference List, Digest Digest, IReadOnlyList<string> Problems, IReadOnlyList<NodePull> Pulls)
{
    /// <summary>True when something is wrong for certain; what is not known is no failure.</summary>
    public bool HasFailed => Problems.Count > 0 || Pulls.Any(p => p.Pull.Verdict == Verdict.Failure);
}
