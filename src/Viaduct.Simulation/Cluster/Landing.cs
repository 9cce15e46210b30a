namespace Viaduct.Simulation;

/// <summary>Whether a pod can come to a node.</summary>
/// <param name="Verdict">Ok: it can; Failure: it cannot; Unknown: something decides that is not known.</param>
/// <param name="Why">In the scheduler's words where it has some: <c>node(s) didn't match Pod's node affinity/selector</c>; empty where it can.</param>
public readonly record struct Landing(Verdict Verdict, string Why = "");
