namespace Viaduct.Benchmarks.Measuring;

/// <summary>How many times as long as the reference a contestant should take at least.</summary>
internal sealed record Goal(string Contestant, double AtLeast);
