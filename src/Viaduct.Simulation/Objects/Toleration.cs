namespace Viaduct.Simulation;

/// <summary>k8s.io/api/core/v1, Toleration; what is not written is empty.</summary>
public sealed record Toleration(string Key, string Operator, string Value, string Effect);
