namespace Viaduct.Benchmarks.Measuring;

/// <summary>How many times as long as the reference a contestant should take at least.</summary>
/// <param name="OfCpu">Whether CPU time is meant, that of the contestant's daemons included, and not wall time.</param>
internal sealed record Goal(string Contestant, double AtLeast, bool OfCpu = false);
