namespace Viaduct.Simulation;

/// <param name="Policy">Never undecided.</param>
/// <param name="PolicyWhy">Why it is that: <c>written</c>, <c>default: the tag is :latest</c>, <c>AlwaysPullImages</c>.</param>
public sealed record AdmittedContainer(PodContainer Container, PullPolicy Policy, string PolicyWhy);
