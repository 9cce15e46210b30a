namespace Viaduct.Build.Dockerfiles;

/// <summary>A place in a Dockerfile that a rule objects to.</summary>
/// <param name="Position">Where the instruction begins.</param>
/// <param name="Lines">The lines that BuildKit names for it.</param>
public sealed record Violation(CheckRule Rule, string Message, Position Position, LineRange Lines);
