namespace Viaduct.Simulation;

/// <summary>How pods come to nodes of a column.</summary>
/// <param name="Node">One of the nodes that are the best for the pods: where they come if they come to any.</param>
/// <param name="Refusal">What kubelet says where it does not let them in; null where it does.</param>
internal readonly record struct Arrival(Landing Landing, PodEvent? Refusal, Node Node)
{
    public bool IsPossible => Landing.Verdict != Verdict.Failure;

    /// <summary>The lower the better for the pods.</summary>
    public int Rank => Landing.Verdict switch { Verdict.Failure => 4, Verdict.Unknown => 1, _ => 0 } + (IsPossible && Refusal is not null ? 2 : 0);

    public bool IsAs(in Arrival other) => Landing == other.Landing && Refusal == other.Refusal;
}
