namespace Viaduct.Simulation;

/// <summary>What <c>kubectl get pod</c> shows of a container in the end.</summary>
/// <param name="Phase"><c>running</c>, <c>waiting</c> or <c>terminated</c>.</param>
/// <param name="Reason"><c>ErrImagePull</c>, <c>ImagePullBackOff</c>, <c>PodInitializing</c>, …; null of a running one.</param>
public sealed record ContainerState(string Phase, string? Reason = null, string? Message = null);
