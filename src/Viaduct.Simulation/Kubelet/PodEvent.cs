namespace Viaduct.Simulation;

/// <summary>An event as <c>kubectl describe pod</c> shows it.</summary>
/// <param name="At">Since the pod was bound to its node; of a repeated one the first time.</param>
/// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
/// <param name="Source"><c>kubelet</c>, <c>default-scheduler</c>.</param>
public sealed record PodEvent(TimeSpan At, string Type, string Reason, string Source, string Message)
{
    /// <summary>How often it comes within <see cref="BackOffTimeline.Shown"/>; describe writes <c>x5 over 2m30s</c>.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The last time.</summary>
    public TimeSpan Last { get; init; } = At;

    /// <summary><c>spec.containers{app}</c>, which <c>kubectl describe</c> writes before the message from 1.35 on; null of the pod as a whole.</summary>
    public string? FieldPath { get; init; }
}
