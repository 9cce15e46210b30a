namespace Viaduct.Simulation;

/// <summary>A message that was understood.</summary>
/// <param name="Line">Cut where it is long, and without what may be secret.</param>
/// <param name="Causes">The most probable first.</param>
public sealed record Diagnosis(string Line, Symptom Symptom, MessageFacts Facts, IReadOnlyList<LikelyCause> Causes)
{
    /// <summary>What is usual with that registry, and what a simulation says.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
