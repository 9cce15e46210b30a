namespace Viaduct.Simulation;

/// <summary>A ready-made set of nodes.</summary>
/// <param name="Name">As it is written: "eks".</param>
/// <param name="Title">What it is, in a line.</param>
/// <param name="Versions">The Kubernetes versions that it knows, oldest first; empty for a set that is the same for all.</param>
public sealed record NodeSet(string Name, string Title, IReadOnlyList<string> Versions);
