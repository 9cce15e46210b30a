namespace Viaduct.Simulation;

/// <summary>A cause with the names of a message in its texts.</summary>
public sealed record LikelyCause(Cause Cause, string Check, string Remedy);
