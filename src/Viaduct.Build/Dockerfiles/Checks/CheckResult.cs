namespace Viaduct.Build.Dockerfiles;

/// <summary>What the checks found.</summary>
/// <param name="Violations">Those that are not skipped, by line.</param>
/// <param name="IsError">Whether a build fails for them: <c>error=true</c>.</param>
/// <param name="Image">What children of the checked image see.</param>
public sealed record CheckResult(IReadOnlyList<Violation> Violations, bool IsError, CheckedBase Image);
