namespace Viaduct.Simulation;

/// <summary>Why a pod's sandbox cannot be made, or (Unknown) why that is not known.</summary>
internal sealed record SandboxFault(Verdict Verdict, string Text);
