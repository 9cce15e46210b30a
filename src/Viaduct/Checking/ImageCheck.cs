using Viaduct.Build.Dockerfiles;

namespace Viaduct.Checking;

/// <summary>The violations of one image of the set, on whatever platform, each once.</summary>
/// <param name="IsError">Whether its build fails for them.</param>
public sealed record ImageCheck(string Image, string Dockerfile, IReadOnlyList<Violation> Violations, bool IsError);
