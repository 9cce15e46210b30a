namespace Viaduct.Cli.Docker;

/// <summary>A call of <c>manifest</c>, whatever the program was called by.</summary>
/// <param name="Words">What follows <c>manifest</c>.</param>
/// <param name="Config">docker's folder as it was named; null when it was not.</param>
/// <param name="IsStrict">True when it has to be enabled, as in docker before 20.10.</param>
internal sealed record ManifestCall(IReadOnlyList<string> Words, string? Config, bool IsVerbose, bool IsStrict);
