namespace Viaduct.Benchmarks;

/// <summary>A benchmark that cannot be run, or whose contestant failed.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
