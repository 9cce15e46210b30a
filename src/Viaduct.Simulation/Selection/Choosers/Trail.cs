namespace Viaduct.Simulation;

/// <summary>The way from a list to an image.</summary>
/// <param name="Stuck">The list in which nothing would do; null when an image was reached.</param>
internal sealed record Trail(IReadOnlyList<Step> Steps, Candidate? Image, Candidates? Stuck)
{
    public Outcome Taken() => new() { Path = [.. Steps.Select(s => s.Position)], Image = Image };
}

internal readonly record struct Step(Candidates List, int Position)
{
    public Candidate Candidate => List.Entries[Position];
}
