namespace Viaduct.Simulation;

/// <summary>A kind of pods on a kind of nodes.</summary>
/// <param name="Outcome">Null where the pods cannot come to the nodes. Without containers where they come, and kubelet does not let them in.</param>
public readonly record struct ClusterCell(Landing Landing, PodOutcome? Outcome)
{
    /// <summary>Of the outcome; Unknown where it is not known whether pods come here and they would not start or that is not known.</summary>
    public Verdict Verdict =>
        Outcome is null ? Landing.Verdict : Landing.Verdict == Verdict.Unknown && Outcome.Verdict is Verdict.Failure ? Verdict.Unknown : Outcome.Verdict;
}
