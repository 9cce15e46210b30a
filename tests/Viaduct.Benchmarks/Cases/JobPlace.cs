namespace Viaduct.Benchmarks.Cases;

/// <summary>Where a job pushes to.</summary>
/// <param name="Address">The registry's host and port.</param>
/// <param name="Prefix">The repositories begin with it.</param>
/// <param name="Run">A word that no other run has.</param>
/// <param name="Cold">Whether what is remembered must not be used.</param>
internal sealed record JobPlace(string Address, string Prefix, string Run, bool Cold);
