namespace Viaduct.Simulation;

/// <summary>What containerd's resolver fails with, before its callers put words around it.</summary>
/// <param name="Resolving">False where it fails only after the name was resolved.</param>
/// <param name="Body">What came with an unexpected status; null where nothing is left of it to read.</param>
internal sealed record PullFailure(FailureClass Class, string Text, bool Resolving = true, HttpAnswer? Body = null);
