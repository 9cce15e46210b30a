namespace Viaduct.Simulation;

/// <summary>k8s.io/api/core/v1, Taint.</summary>
/// <param name="Effect">NoSchedule, PreferNoSchedule, NoExecute.</param>
public sealed record Taint(string Key, string Value, string Effect);
