namespace Viaduct.Simulation;

/// <summary>One of many pulls that are asked for at once.</summary>
/// <param name="Begins">When its turn comes; all are asked for at zero.</param>
/// <param name="Throttled">It fails with <see cref="PullTimeline.Refusal"/> instead, and backs off.</param>
public readonly record struct PlannedPull(TimeSpan Begins, bool Throttled);
