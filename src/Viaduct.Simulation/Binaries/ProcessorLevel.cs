namespace Viaduct.Simulation;

/// <summary>The processor that a binary says it is compiled for.</summary>
/// <param name="Number">As in a platform's variant: 5 to 8 of arm (v5 to v8), 1 to 4 of amd64 (v1 to v4).</param>
/// <param name="Certain">False when the binary may be without the instructions that only that level has, so that it may run on less.</param>
public readonly record struct ProcessorLevel(int Number, bool Certain);
