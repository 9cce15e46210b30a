namespace Viaduct.Simulation;

/// <summary>Something that makes pulls fail. In its texts <c>{image}</c>, <c>{host}</c>, <c>{repository}</c> and <c>{platform}</c> stand for what a message names.</summary>
/// <param name="Name">For programs: <c>platform-missing</c>; keeps its meaning.</param>
/// <param name="Why">What speaks for it.</param>
/// <param name="Check">How to find out, with a command.</param>
public sealed record Cause(string Name, string Title, string Why, string Check, string Remedy)
{
    public CauseFit Fit { get; init; }
}
