namespace Viaduct.Simulation;

/// <summary>k8s.io/api/core/v1, PullPolicy.</summary>
public enum PullPolicy
{
    Always,
    IfNotPresent,
    Never,
}
