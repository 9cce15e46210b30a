namespace Viaduct.Benchmarks.Measuring;

/// <summary>A figure that should not be larger than it says.</summary>
/// <param name="What">The figure in words, its unit last.</param>
/// <param name="Of">Reads the figure from the results of the contestants by name.</param>
internal sealed record Limit(string What, double AtMost, Func<Func<string, Result>, double> Of);
